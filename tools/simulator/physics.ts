import { springDesign } from './fleet.ts';
import type { SpringCharacter, Vehicle } from './fleet.ts';
import { layoutIndex } from './positions.ts';
import type { Random } from './random.ts';

/** How a vehicle is laden in one pass: it presses the springs of one side together (docs/domain.md rule 5, trend). */
export interface Load {
  /** 0 empty to 1 full. */
  share: number;
  /** Millimetres by which side L stands higher than the middle, and R lower. */
  roll: number;
  /** Millimetres by which the end A stands higher than the middle. */
  pitch: number;
}

const day = 86_400_000;

export const drawLoad = (random: Random, vehicle: Vehicle): Load => {
  const carries = vehicle.type === 'carrier-truck' || vehicle.type === 'carrier-car';
  const share = carries && random.chance(0.9) ? random.between(0.35, 1) : random.between(0, 0.15);
  return {
    share,
    roll: random.normal(0, 0.25 + 0.5 * share),
    pitch: random.normal(0, 0.3 + 0.6 * share),
  };
};

const settled = (spring: SpringCharacter, at: number): number =>
  spring.settles * (1 - Math.exp(-Math.max(0, at - spring.fittedAt) / (spring.settlesInDays * day)));

/** The true height of a spring in mm, before any measurement: character, age, and the load above it. */
export const trueHeight = (vehicle: Vehicle, fixed: string, load: Load, at: number): number => {
  const spring = vehicle.springs[layoutIndex(fixed)];
  if (spring === undefined) throw new Error(`vehicle ${vehicle.number} has no spring ${fixed}`);
  const axle = Number(fixed.charAt(0));
  const along = vehicle.axles > 1 ? 1 - (2 * (axle - 1)) / (vehicle.axles - 1) : 0;
  return (
    spring.tareHeight -
    settled(spring, at) -
    load.share * springDesign[vehicle.type].compression * spring.compliance +
    (fixed.charAt(1) === 'L' ? load.roll : -load.roll) +
    along * load.pitch
  );
};

/** Cameras read to a hundredth of a millimetre, with a scatter of about a third of a millimetre. */
export const measuredHeight = (random: Random, height: number): number =>
  Math.round(random.normal(height, 0.3) * 100) / 100;

export const hundredths = (value: number): number => Math.round(value * 100) / 100;
