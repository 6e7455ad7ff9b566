import type { CameraSide, Nest, VehicleEnd } from '../../contract/domain.ts';

/*
 * Cameras see running coordinates; the record keeps fixed ones, so that a trend follows the same piece of steel
 * whichever way the vehicle runs (docs/domain.md, positions). A position's index in layout order
 * (1La 1Lb 1Ra 1Rb 2La …) does not depend on how many axles the vehicle has.
 */

export type FixedSide = 'L' | 'R';

export const mostAxles = 8;

export interface RunningPosition {
  /** 1..n from the leading end. */
  readonly axle: number;
  readonly side: CameraSide;
  readonly nest: Nest;
}

export const positionCount = (axles: number): number => axles * 4;

/** Layout index of a running position on a vehicle with `axles` axles. The axle must be one the vehicle has. */
export function layoutIndex(running: RunningPosition, axles: number, leadingEnd: VehicleEnd): number {
  const leadsA = leadingEnd === 'A';
  const axle = leadsA ? running.axle : axles + 1 - running.axle;
  const left = (running.side === 'left') === leadsA;
  const nestA = (running.nest === 'lead') === leadsA;
  return (axle - 1) * 4 + (left ? 0 : 2) + (nestA ? 0 : 1);
}

const codes: readonly string[] = Array.from({ length: positionCount(mostAxles) }, (_, index) => {
  const side = index % 4 < 2 ? 'L' : 'R';
  return `${Math.floor(index / 4) + 1}${side}${index % 2 === 0 ? 'a' : 'b'}`;
});

/** Fixed code such as `3Rb`. */
export function positionCode(index: number): string {
  const code = codes[index];
  if (code === undefined) throw new RangeError(`no position has the layout index ${index}`);
  return code;
}

/** Code of the pair that rule 3 compares, such as `3b`, from the layout index of either spring. */
export function pairCode(index: number): string {
  return `${Math.floor(index / 4) + 1}${index % 2 === 0 ? 'a' : 'b'}`;
}

export const fixedSide = (index: number): FixedSide => (index % 4 < 2 ? 'L' : 'R');

/** The running side on which a fixed side of the vehicle is in this pass. */
export function runningSide(side: FixedSide, leadingEnd: VehicleEnd): CameraSide {
  return (side === 'L') === (leadingEnd === 'A') ? 'left' : 'right';
}
