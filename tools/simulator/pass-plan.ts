import type { Fleet, Rake, TrainKind, Vehicle } from './fleet.ts';
import { drawLoad, hundredths, measuredHeight, trueHeight } from './physics.ts';
import { fixedPosition } from './positions.ts';
import type { Defect, Direction, End, Nest, PassEvent, Side } from './protocol.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

/** What the cameras are about to say of one spring. */
export interface Reading {
  axle: number;
  side: Side;
  nest: Nest;
  /** Fixed code. */
  fixed: string;
  heightMm: number | undefined;
  confidence: number;
  defect: Defect;
  /** Left out of the messages altogether. */
  omitted: boolean;
}

export interface Identification {
  vehicleNumber: string;
  vehicleType: string;
  axles: number;
  leadingEnd: End;
}

export interface PlannedVehicle {
  index: number;
  vehicle: Vehicle;
  leadingEnd: End;
  /** Undefined when the cameras never read its number. */
  identification: Identification | undefined;
  /** Identified only after its measurements (rule for the client 7) or after the end. */
  identified: 'first' | 'after-measurements' | 'after-end';
  readings: Reading[];
}

/** An event outside the ordinary course; `offsetMs` counts from the start of the pass, or from its end. */
export interface ExtraEvent {
  from: 'start' | 'end';
  offsetMs: number;
  event: PassEvent;
}

/** What a fault did, for tests to compare with. */
export interface Injection {
  fault: string;
  vehicleIndex?: number;
  vehicleNumber?: string;
  /** Fixed code; absent when the whole vehicle, side or train is meant. */
  position?: string;
  side?: Side;
  heightMm?: number;
}

export interface PassPlan {
  passId: string;
  trainNumber: string;
  track: string;
  direction: Direction;
  kind: TrainKind;
  speedKmh: number;
  /** Epoch ms. */
  startedAt: number;
  /** By which the pass is faster than real time. */
  acceleration: number;
  cameras: Record<Side, string>;
  vehicles: PlannedVehicle[];
  vehicleCount: number;
  ending: 'completed' | 'aborted' | 'abandoned';
  abortReason: string;
  /** Replaces every image identity; set by a hostile pass. */
  imageId: string | undefined;
  extras: ExtraEvent[];
  injections: Injection[];
}

export interface PlanOptions {
  seed: string;
  fleet: Fleet;
  /** Epoch ms. */
  startedAt: number;
  track?: string;
  direction?: Direction;
  kind?: TrainKind;
  rake?: Rake;
  trainNumber?: string;
  speedKmh?: number;
  acceleration?: number;
  /** Only the first so many vehicles. */
  vehicles?: number;
  cameras?: Record<Side, string>;
  /** Without blanks, doubts and late identifications that are not asked for. */
  tidy?: boolean;
}

const sides: readonly Side[] = ['left', 'right'];
const nests: readonly Nest[] = ['lead', 'trail'];

const readingsOf = (
  random: Random,
  vehicle: Vehicle,
  leadingEnd: End,
  at: number,
  tidy: boolean,
): Reading[] => {
  const load = drawLoad(random, vehicle);
  const readings: Reading[] = [];
  for (let axle = 1; axle <= vehicle.axles; axle += 1) {
    for (const side of sides) {
      for (const nest of nests) {
        const fixed = fixedPosition({ axle, side, nest }, vehicle.axles, leadingEnd);
        const blank = !tidy && random.chance(0.0006);
        readings.push({
          axle,
          side,
          nest,
          fixed,
          heightMm: blank ? undefined : measuredHeight(random, trueHeight(vehicle, fixed, load, at)),
          confidence: blank
            ? hundredths(random.between(0.05, 0.4))
            : Math.round(random.between(0.82, 0.99) * 1000) / 1000,
          defect: 'none',
          omitted: false,
        });
      }
    }
  }
  return readings;
};

/** A pass as it will be seen, before faults change it. Everything in it follows from the seed and the start. */
export const planPass = (options: PlanOptions): PassPlan => {
  const { fleet, startedAt, tidy = false, track = 'T1' } = options;
  const random = createRandom(options.seed, 'pass', track, startedAt);
  const passId = random.uuid();
  const rakes = fleet.rakes.filter(({ kind }) => options.kind === undefined || kind === options.kind);
  const rake = options.rake ?? random.pick(rakes);
  // Track 1 usually runs towards France, track 2 back; one train in five runs on the other track.
  const usual: Direction = track.endsWith('2') ? 'fr-uk' : 'uk-fr';
  const other: Direction = usual === 'uk-fr' ? 'fr-uk' : 'uk-fr';
  const direction = options.direction ?? (random.chance(0.2) ? other : usual);
  const towardsFrance = direction === 'uk-fr';
  const ordered = towardsFrance ? rake.vehicles : rake.vehicles.toReversed();
  const speed = options.speedKmh ?? Math.round(Math.max(40, Math.min(140, random.normal(105, 25))));
  const vehicles = ordered.slice(0, options.vehicles).map((vehicle, position): PlannedVehicle => {
    const otherEnd: End = vehicle.firstTowardsFrance === 'A' ? 'B' : 'A';
    const leadingEnd = towardsFrance ? vehicle.firstTowardsFrance : otherEnd;
    return {
      index: position + 1,
      vehicle,
      leadingEnd,
      identification: {
        vehicleNumber: vehicle.number,
        vehicleType: vehicle.type,
        axles: vehicle.axles,
        leadingEnd,
      },
      identified: !tidy && random.chance(0.02) ? 'after-measurements' : 'first',
      readings: readingsOf(random, vehicle, leadingEnd, startedAt, tidy),
    };
  });
  return {
    passId,
    trainNumber:
      options.trainNumber ??
      String((rake.kind === 'truck' ? 6400 : 9000) + random.integer(0, 399) * 2 + (towardsFrance ? 0 : 1)),
    track,
    direction,
    kind: rake.kind,
    speedKmh: speed,
    startedAt,
    acceleration: options.acceleration ?? 1,
    cameras: options.cameras ?? { left: 'F1L', right: 'F1R' },
    vehicles,
    vehicleCount: vehicles.length,
    ending: 'completed',
    abortReason: 'train stopped in front of the cameras',
    imageId: undefined,
    extras: [],
    injections: [],
  };
};
