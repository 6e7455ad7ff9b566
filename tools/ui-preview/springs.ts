import type { Spring, State, TypeLimits, ThresholdSet, Vehicle } from '../../contract/domain.ts';

/** A small fixed generator: the same pictures on every run. */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
};

const limits = (low: number, warnLow: number, warnHigh: number, high: number): TypeLimits => ({
  criticalLowCmm: low * 100,
  warningLowCmm: warnLow * 100,
  warningHighCmm: warnHigh * 100,
  criticalHighCmm: high * 100,
  asymmetryWarningCmm: 1200,
  asymmetryCriticalCmm: 2000,
  window: 10,
  minHistory: 5,
  dropCmm: 600,
  axles: 4,
});

export const thresholds: ThresholdSet = {
  version: 1,
  effectiveAt: 0,
  createdBy: 'system',
  reason: 'first thresholds',
  minConfidence: 0.6,
  sureConfidence: 0.8,
  conflictCmm: 1500,
  incomplete: 3,
  unseenPasses: 3,
  blindShare: 0.5,
  types: {
    'carrier-truck': limits(180, 195, 265, 280),
    'carrier-car': limits(185, 200, 260, 275),
    loader: limits(175, 190, 270, 285),
    'club-car': limits(190, 205, 255, 270),
  },
};

export const unknownLimits: TypeLimits = {
  criticalLowCmm: 19000,
  criticalHighCmm: 27000,
  asymmetryCriticalCmm: 1600,
  window: 10,
  minHistory: 5,
  dropCmm: 600,
};

const positionAt = (place: number): string =>
  `${Math.floor(place / 4) + 1}${place % 4 < 2 ? 'L' : 'R'}${place % 2 === 0 ? 'a' : 'b'}`;

export type Faults = Readonly<Record<string, Partial<Spring>>>;

const worst = (springs: readonly Spring[]): State => {
  if (springs.some((spring) => spring.state === 'critical')) return 'critical';
  if (springs.some((spring) => spring.state === 'warning')) return 'warning';
  return springs.filter((spring) => spring.state === 'unmeasured').length >= 3 ? 'unmeasured' : 'ok';
};

export interface CarPlan {
  readonly passId: string;
  readonly index: number;
  readonly axles?: number;
  readonly identified?: boolean;
  readonly at: number;
  readonly faults?: Faults;
  readonly shift?: number;
}

export const makeVehicle = ({
  passId,
  index,
  axles = 4,
  identified = true,
  at,
  faults = {},
  shift = 0,
}: CarPlan): Vehicle => {
  const next = random(index * 7919 + axles);
  const load = 222 + next() * 10;
  const springs: Spring[] = Array.from({ length: axles * 4 }, (_, place) => {
    const position = positionAt(place);
    return {
      position,
      state: 'ok',
      heightCmm: Math.round((load + shift + next() * 5) * 100),
      confidence: 0.9 + next() * 0.09,
      defect: 'none',
      imageId: `${passId.slice(0, 4)}-${index}-${position}`,
      cameraId: place % 4 < 2 ? 'F1L' : 'F1R',
      measuredAt: at,
      ...faults[position],
    };
  });
  const state = worst(springs);
  const type = index === 1 ? 'club-car' : [2, 19, 36].includes(index) ? 'loader' : 'carrier-truck';
  return {
    passId,
    index,
    identified,
    axles,
    ...(identified
      ? {
          vehicleNumber: `9870 ${1000 + index * 13} ${500 + index}-${index % 10}`,
          vehicleType: index === 30 ? 'flat-wagon' : type,
          leadingEnd: index % 3 === 0 ? 'B' : 'A',
        }
      : {}),
    state: identified || state === 'critical' ? state : 'warning',
    blankCount: springs.filter((spring) => spring.state === 'unmeasured').length,
    springs,
  };
};

export const blank = (...positions: readonly string[]): Faults =>
  Object.fromEntries(
    positions.map((position) => [
      position,
      {
        state: 'unmeasured',
        heightCmm: undefined,
        confidence: undefined,
        defect: undefined,
        imageId: undefined,
      },
    ]),
  );
