import type { CameraSide, Defect, Nest } from '../../contract/domain.ts';

/** One entry of `springs.measured`, in running coordinates, checked and converted at the edge. */
export interface Measurement {
  /** 1..8, counted from the leading end. */
  readonly axle: number;
  readonly side: CameraSide;
  readonly nest: Nest;
  readonly heightCmm?: number | undefined;
  readonly confidence: number;
  readonly defect: Defect;
  readonly imageId?: string | undefined;
}
