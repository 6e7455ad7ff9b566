import type { End, Nest, Side } from './protocol.ts';

/** A spring nest in running coordinates: axle from the leading end, sides and nests in the direction of travel. */
export interface RunningPosition {
  axle: number;
  side: Side;
  nest: Nest;
}

const pattern = /^([1-8])([LR])([ab])$/;

/** The fixed code of a running position (docs/domain.md, "Positions"), for example (1, left, lead) with B leading of 4 axles: `4Rb`. */
export const fixedPosition = (running: RunningPosition, axles: number, leadingEnd: End): string => {
  const aLeads = leadingEnd === 'A';
  const axle = aLeads ? running.axle : axles + 1 - running.axle;
  const side = (running.side === 'left') === aLeads ? 'L' : 'R';
  const nest = (running.nest === 'lead') === aLeads ? 'a' : 'b';
  return `${axle}${side}${nest}`;
};

/** The way back; undefined when the code is not one of a vehicle with so many axles. */
export const runningPosition = (
  fixed: string,
  axles: number,
  leadingEnd: End,
): RunningPosition | undefined => {
  const parts = pattern.exec(fixed);
  if (parts === null || Number(parts[1]) > axles) return undefined;
  const aLeads = leadingEnd === 'A';
  return {
    axle: aLeads ? Number(parts[1]) : axles + 1 - Number(parts[1]),
    side: (parts[2] === 'L') === aLeads ? 'left' : 'right',
    nest: (parts[3] === 'a') === aLeads ? 'lead' : 'trail',
  };
};

export const isFixedPosition = (text: string): boolean => pattern.test(text);

/** Where a fixed position stands in the layout order 1La 1Lb 1Ra 1Rb 2La …, from 0. */
export const layoutIndex = (fixed: string): number =>
  (Number(fixed.charAt(0)) - 1) * 4 + (fixed.charAt(1) === 'L' ? 0 : 2) + (fixed.charAt(2) === 'a' ? 0 : 1);
