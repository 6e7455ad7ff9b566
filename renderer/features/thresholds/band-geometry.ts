import type { TypeLimits } from '../../../contract/domain.ts';
import type { TypeField } from './places.ts';

/** A stretch of a band in one state. `critical` and `warning` are the worse the nearer they lie to the ends. */
export interface Zone {
  readonly state: 'ok' | 'warning' | 'critical';
  readonly fromCmm: number;
  readonly toCmm: number;
}

/** A limit that can be moved along a band. */
export interface Handle {
  readonly field: TypeField;
  readonly valueCmm: number;
  /** How far it can be moved: to the neighbours, or to the end of what the contract allows. */
  readonly leastCmm: number;
  readonly mostCmm: number;
  readonly severity: 'warning' | 'critical';
}

export interface Band {
  readonly lowCmm: number;
  readonly highCmm: number;
}

/** Arrow keys and drags move a limit by half a millimetre, with Shift by five. */
export const stepCmm = 50;
export const bigStepCmm = 500;
/** The largest height the contract takes. */
const mostCmm = 100_000;
const roundCmm = 1000;

const bandAround = (low: number, high: number, margin: number, floor: number): Band => ({
  lowCmm: Math.max(floor, Math.floor((low - margin) / roundCmm) * roundCmm),
  highCmm: Math.min(mostCmm, Math.ceil((high + margin) / roundCmm) * roundCmm),
});

/** What a band of heights shows: all the limits with room beyond them, in whole centimetres. */
export const heightBand = (all: readonly TypeLimits[]): Band => {
  const values = all.flatMap((limits) => heightFields.map((field) => limits[field] ?? limits.criticalLowCmm));
  const low = Math.min(...values);
  const high = Math.max(...values);
  return values.length === 0
    ? { lowCmm: 0, highCmm: 30_000 }
    : bandAround(low, high, Math.max(1500, (high - low) * 0.2), 0);
};

export const asymmetryBand = (all: readonly TypeLimits[]): Band => {
  const high = Math.max(1500, ...all.map((limits) => limits.asymmetryCriticalCmm));
  return { lowCmm: 0, highCmm: bandAround(0, high, high * 0.35, 0).highCmm };
};

export const heightFields = [
  'criticalLowCmm',
  'warningLowCmm',
  'warningHighCmm',
  'criticalHighCmm',
] as const satisfies readonly TypeField[];
export const asymmetryFields = [
  'asymmetryWarningCmm',
  'asymmetryCriticalCmm',
] as const satisfies readonly TypeField[];

const heightStates = ['critical', 'warning', 'ok', 'warning', 'critical'] as const;
const asymmetryStates = ['ok', 'warning', 'critical'] as const;

const zones = (band: Band, limits: readonly number[], states: readonly Zone['state'][]): readonly Zone[] => {
  let from = band.lowCmm;
  return states
    .map((state, place): Zone => {
      const end = limits[place] ?? band.highCmm;
      // Limits in an impossible order make no zone rather than one that runs backwards.
      const to = Math.min(band.highCmm, Math.max(from, end));
      const zone = { state, fromCmm: from, toCmm: to };
      from = to;
      return zone;
    })
    .filter(({ fromCmm, toCmm }) => toCmm > fromCmm);
};

/** A type without warning limits (judged as an unknown one) has no warning zone: both ends of it fall together. */
export const heightZones = (band: Band, limits: TypeLimits): readonly Zone[] =>
  zones(
    band,
    [
      limits.criticalLowCmm,
      limits.warningLowCmm ?? limits.criticalLowCmm,
      limits.warningHighCmm ?? limits.criticalHighCmm,
      limits.criticalHighCmm,
    ],
    heightStates,
  );

export const asymmetryZones = (band: Band, limits: TypeLimits): readonly Zone[] =>
  zones(
    band,
    [limits.asymmetryWarningCmm ?? limits.asymmetryCriticalCmm, limits.asymmetryCriticalCmm],
    asymmetryStates,
  );

/** The limits as handles: each stops half a millimetre before its neighbours, so that no drag makes an impossible order. */
export const handles = (limits: TypeLimits, fields: readonly TypeField[]): readonly Handle[] => {
  const given = fields.flatMap((field) => {
    const valueCmm = limits[field];
    return valueCmm === undefined ? [] : [{ field, valueCmm }];
  });
  return given.map(({ field, valueCmm }, place) => {
    const below = given[place - 1]?.valueCmm;
    const above = given[place + 1]?.valueCmm;
    const leastCmm = below === undefined ? stepCmm : below + stepCmm;
    const mostAllowed = above === undefined ? mostCmm : above - stepCmm;
    return {
      field,
      valueCmm,
      // Where limits already lie the wrong way round, a handle can still be moved towards where it belongs.
      leastCmm: Math.min(leastCmm, valueCmm),
      mostCmm: Math.max(mostAllowed, valueCmm),
      severity: field.startsWith('critical') || field === 'asymmetryCriticalCmm' ? 'critical' : 'warning',
    };
  });
};

/** 0 at the low end of the band, 1 at the high one; what lies beyond stops at the ends. */
export const placeOn = (band: Band, cmm: number): number =>
  Math.min(1, Math.max(0, (cmm - band.lowCmm) / (band.highCmm - band.lowCmm)));

const within = (handle: Handle, cmm: number): number =>
  Math.min(handle.mostCmm, Math.max(handle.leastCmm, cmm));

/** The height at a share of the band's length, on the grid of half millimetres, no further than the handle may go. */
export const dragTo = (band: Band, handle: Handle, share: number): number => {
  const cmm = band.lowCmm + Math.min(1, Math.max(0, share)) * (band.highCmm - band.lowCmm);
  return within(handle, Math.round(cmm / stepCmm) * stepCmm);
};

/** What a key does to a limit; undefined: nothing. */
export const keyTo = (band: Band, handle: Handle, key: string, shift: boolean): number | undefined => {
  const step = shift ? bigStepCmm : stepCmm;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return within(handle, handle.valueCmm + step);
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(handle, handle.valueCmm - step);
    case 'PageUp':
      return within(handle, handle.valueCmm + bigStepCmm);
    case 'PageDown':
      return within(handle, handle.valueCmm - bigStepCmm);
    case 'Home':
      return within(handle, band.lowCmm);
    case 'End':
      return within(handle, band.highCmm);
    default:
      return undefined;
  }
};

const tickSteps = [500, 1000, 2000, 5000, 10_000, 20_000] as const;

/** Heights to write under the band, at most `most` of them. */
export const ticks = (band: Band, most: number): readonly number[] => {
  const length = band.highCmm - band.lowCmm;
  const step = tickSteps.find((each) => length / each <= most) ?? 50_000;
  const first = Math.ceil(band.lowCmm / step) * step;
  return Array.from(
    { length: Math.floor((band.highCmm - first) / step) + 1 },
    (_, count) => first + count * step,
  );
};
