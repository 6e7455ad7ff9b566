import type { End } from './protocol.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

export type TrainKind = 'truck' | 'passenger';
export type VehicleType = 'club-car' | 'loader' | 'carrier-truck' | 'carrier-car';

/** What makes one spring differ from the next; lengths in mm. */
export interface SpringCharacter {
  /** Height under the empty vehicle when new. */
  tareHeight: number;
  /** Share of the nominal compression under load: 1 is nominal, a stiffer spring has less. */
  compliance: number;
  /** How far it settles in the end, and the days in which it does most of that. */
  settles: number;
  settlesInDays: number;
  /** Epoch ms. */
  fittedAt: number;
}

export interface Vehicle {
  number: string;
  type: VehicleType;
  axles: number;
  /** The end that runs first when the train goes from the UK to France. */
  firstTowardsFrance: End;
  /** In layout order 1La 1Lb 1Ra 1Rb 2La … */
  springs: readonly SpringCharacter[];
}

/** Vehicles that run together, in their order towards France. */
export interface Rake {
  kind: TrainKind;
  vehicles: readonly Vehicle[];
}

export interface Fleet {
  seed: string;
  rakes: readonly Rake[];
}

/** Mean height under the empty vehicle and the compression under its full load, in mm; well inside the default limits. */
export const springDesign: Record<VehicleType, { tare: number; compression: number }> = {
  'club-car': { tare: 229, compression: 3 },
  loader: { tare: 231, compression: 4 },
  'carrier-truck': { tare: 234, compression: 24 },
  'carrier-car': { tare: 231, compression: 12 },
};

const repeat = (type: VehicleType, count: number): VehicleType[] => Array<VehicleType>(count).fill(type);

const formation: Record<TrainKind, readonly VehicleType[]> = {
  truck: [
    'club-car',
    'loader',
    ...repeat('carrier-truck', 16),
    'loader',
    ...repeat('carrier-truck', 16),
    'loader',
  ],
  passenger: [
    'loader',
    ...repeat('carrier-car', 12),
    'loader',
    'loader',
    ...repeat('carrier-car', 12),
    'loader',
  ],
};

const day = 86_400_000;
const firstFitting = Date.UTC(2019, 0, 1);

const buildSpring = (random: Random, type: VehicleType): SpringCharacter => ({
  tareHeight: random.normal(springDesign[type].tare, 0.9),
  compliance: Math.max(0.9, Math.min(1.1, random.normal(1, 0.03))),
  settles: random.between(0.3, 2.2),
  settlesInDays: random.between(400, 1600),
  fittedAt: firstFitting + random.integer(0, 2200) * day,
});

const buildVehicle = (seed: string, serial: number, type: VehicleType): Vehicle => {
  const number = `9870 ${1000 + serial}`;
  const random = createRandom(seed, 'vehicle', number);
  const axles = 4;
  return {
    number,
    type,
    axles,
    firstTowardsFrance: random.chance(0.5) ? 'A' : 'B',
    springs: Array.from({ length: axles * 4 }, () => buildSpring(random, type)),
  };
};

/**
 * The same fleet for the same seed: vehicle numbers, springs and which vehicles run together never change.
 * Vehicle numbers count from "9870 1001", truck shuttles first.
 */
export const buildFleet = (
  seed: string,
  rakes: { truck: number; passenger: number } = { truck: 9, passenger: 8 },
): Fleet => {
  let serial = 0;
  const build = (kind: TrainKind): Rake => ({
    kind,
    vehicles: formation[kind].map((type) => buildVehicle(seed, (serial += 1), type)),
  });
  return {
    seed,
    rakes: [
      ...Array.from({ length: rakes.truck }, () => build('truck')),
      ...Array.from({ length: rakes.passenger }, () => build('passenger')),
    ],
  };
};
