import type { Defect, Spring, State } from '../../contract/domain.ts';
import type { Measurement } from './measurement.ts';

/**
 * What the measurements of one position in one pass leave behind: enough for every rule, so that they need not be
 * kept (docs/domain.md, "What is known of a spring"). Immutable; absent until the first measurement.
 */
export interface SpringEvidence {
  /** Of the measurements with a height the surest, the later on a tie. */
  readonly heightCmm?: number | undefined;
  readonly heightConfidence?: number | undefined;
  /** Of the measurements with a defect the surest, the later on a tie; a later `none` does not remove it. */
  readonly defect?: Exclude<Defect, 'none'> | undefined;
  readonly defectConfidence?: number | undefined;
  /** Extremes of the credible heights, and the surest confidence with which each was seen: rule 4 (conflict). */
  readonly lowCmm?: number | undefined;
  readonly lowConfidence?: number | undefined;
  readonly highCmm?: number | undefined;
  readonly highConfidence?: number | undefined;
  /** The picture a person should look at: of the defect, else of the height, else of the latest measurement. */
  readonly imageId?: string | undefined;
  readonly cameraId?: string | undefined;
  readonly measuredAt?: number | undefined;
}

/** Which camera measured, and when by its clock. */
export interface MeasurementSource {
  readonly cameraId: string;
  readonly at: number;
}

/** The same object when the measurement changes nothing. Measurements must come in `seq` order. */
export function addMeasurement(
  known: SpringEvidence | undefined,
  measurement: Measurement,
  source: MeasurementSource,
  minConfidence: number,
): SpringEvidence {
  const { heightCmm, confidence, defect } = measurement;
  const before = known ?? {};
  const betterHeight = heightCmm !== undefined && confidence >= (before.heightConfidence ?? 0);
  const betterDefect = defect !== 'none' && confidence >= (before.defectConfidence ?? 0);
  const credibleHeight = heightCmm !== undefined && confidence >= minConfidence ? heightCmm : undefined;
  const widens = credibleHeight !== undefined && touchesExtremes(before, credibleHeight, confidence);
  const nothingBetterKnown = before.heightCmm === undefined && before.defect === undefined;
  if (!betterHeight && !betterDefect && !widens && !nothingBetterKnown) return before;

  const showsIt = betterDefect || (before.defect === undefined && (betterHeight || nothingBetterKnown));
  return {
    heightCmm: betterHeight ? heightCmm : before.heightCmm,
    heightConfidence: betterHeight ? confidence : before.heightConfidence,
    defect: betterDefect ? defect : before.defect,
    defectConfidence: betterDefect ? confidence : before.defectConfidence,
    ...(credibleHeight === undefined
      ? extremesOf(before)
      : widenedExtremes(before, credibleHeight, confidence)),
    imageId: showsIt ? measurement.imageId : before.imageId,
    cameraId: showsIt ? source.cameraId : before.cameraId,
    measuredAt: showsIt ? source.at : before.measuredAt,
  };
}

type Extremes = Pick<SpringEvidence, 'lowCmm' | 'lowConfidence' | 'highCmm' | 'highConfidence'>;

const extremesOf = ({ lowCmm, lowConfidence, highCmm, highConfidence }: Extremes): Extremes => ({
  lowCmm,
  lowConfidence,
  highCmm,
  highConfidence,
});

function touchesExtremes(before: Extremes, height: number, confidence: number): boolean {
  const { lowCmm, lowConfidence = 0, highCmm, highConfidence = 0 } = before;
  if (lowCmm === undefined || highCmm === undefined) return true;
  if (height < lowCmm || height > highCmm) return true;
  return (
    (height === lowCmm && confidence > lowConfidence) || (height === highCmm && confidence > highConfidence)
  );
}

function widenedExtremes(before: Extremes, height: number, confidence: number): Extremes {
  const { lowCmm, lowConfidence = 0, highCmm, highConfidence = 0 } = before;
  const lower = lowCmm === undefined || height < lowCmm || (height === lowCmm && confidence > lowConfidence);
  const higher =
    highCmm === undefined || height > highCmm || (height === highCmm && confidence > highConfidence);
  return {
    lowCmm: lower ? height : lowCmm,
    lowConfidence: lower ? confidence : lowConfidence,
    highCmm: higher ? height : highCmm,
    highConfidence: higher ? confidence : highConfidence,
  };
}

/** Measured: the height is credible. */
export const isMeasured = (evidence: SpringEvidence | undefined, minConfidence: number): boolean =>
  evidence?.heightCmm !== undefined && (evidence.heightConfidence ?? 0) >= minConfidence;

/** Blank: not measured, and without a defect of any confidence. */
export const isBlank = (evidence: SpringEvidence | undefined, minConfidence: number): boolean =>
  evidence?.defect === undefined && !isMeasured(evidence, minConfidence);

/** The record of a position as windows and stores have it. */
export function springRecord(
  position: string,
  evidence: SpringEvidence | undefined,
  state: State | undefined,
): Spring {
  if (!evidence) return { position, state };
  const { heightCmm, heightConfidence, defect, defectConfidence, imageId, cameraId, measuredAt } = evidence;
  return {
    position,
    state,
    heightCmm,
    confidence: heightCmm === undefined ? defectConfidence : heightConfidence,
    defect: defect ?? 'none',
    defectConfidence,
    imageId,
    cameraId,
    measuredAt,
  };
}

/** low, its confidence, high, its confidence. */
export type StoredExtremes = readonly [number, number, number, number];

/** What the record of a position does not tell of its evidence; undefined when it tells everything. */
export function storedExtremes(evidence: SpringEvidence): StoredExtremes | undefined {
  const { heightCmm, heightConfidence, lowCmm, lowConfidence, highCmm, highConfidence } = evidence;
  if (lowCmm === undefined || highCmm === undefined) return undefined;
  if (lowConfidence === undefined || highConfidence === undefined) return undefined;
  const single = lowCmm === heightCmm && highCmm === heightCmm;
  if (single && lowConfidence === heightConfidence && highConfidence === heightConfidence) return undefined;
  return [lowCmm, lowConfidence, highCmm, highConfidence];
}

/** The evidence behind a stored record. */
export function evidenceOf(
  spring: Spring,
  extremes: StoredExtremes | undefined,
  minConfidence: number,
): SpringEvidence | undefined {
  if (spring.defect === undefined) return undefined;
  const { heightCmm, defectConfidence, imageId, cameraId, measuredAt } = spring;
  const heightConfidence = heightCmm === undefined ? undefined : spring.confidence;
  const defect = spring.defect === 'none' ? undefined : spring.defect;
  const evidence = { heightCmm, heightConfidence, defect, defectConfidence, imageId, cameraId, measuredAt };
  if (extremes) {
    const [lowCmm, lowConfidence, highCmm, highConfidence] = extremes;
    return { ...evidence, lowCmm, lowConfidence, highCmm, highConfidence };
  }
  if (!isMeasured(evidence, minConfidence)) return evidence;
  return {
    ...evidence,
    lowCmm: heightCmm,
    lowConfidence: heightConfidence,
    highCmm: heightCmm,
    highConfidence: heightConfidence,
  };
}
