import type { PassFault, PassFaultName } from './faults.ts';
import type { Fleet, Rake, TrainKind } from './fleet.ts';
import { generatePass } from './generate.ts';
import type { GeneratedPass, GenerateOptions } from './generate.ts';
import type { Side } from './protocol.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

/** Which rake comes next: one of those that have rested longest, so that no train is on both tracks at once. */
export interface Roster {
  take(random: Random, kind: TrainKind | undefined): Rake;
}

export const createRoster = (fleet: Fleet): Roster => {
  const resting = [...fleet.rakes];
  return {
    take: (random, kind) => {
      const fitting = resting.filter((rake) => kind === undefined || rake.kind === kind);
      const rake = random.pick(fitting.slice(0, Math.max(1, Math.ceil(fitting.length / 3))));
      resting.splice(resting.indexOf(rake), 1);
      resting.push(rake);
      return rake;
    },
  };
};

export interface TrafficOptions {
  seed: string;
  fleet: Fleet;
  roster: Roster;
  track: string;
  cameras: Record<Side, string>;
  /** In turn; every kind when empty. */
  kinds?: readonly TrainKind[];
  /** Share of passes that carry a random fault, 0 to 1 (default 0). */
  incidents?: number;
  tidy?: boolean;
}

export type PassOverrides = Omit<
  Partial<GenerateOptions>,
  'seed' | 'fleet' | 'startedAt' | 'track' | 'cameras'
>;

/** The trains of one track, one after the other. */
export interface Traffic {
  next(startedAt: number, overrides?: PassOverrides): GeneratedPass;
  /** The fault meets the next pass, and as many later ones as `passes` says, always the same steel. */
  inject(fault: PassFault): void;
  /** Faults that still wait for a pass. */
  waiting(): readonly PassFault[];
}

const incidentKinds: readonly PassFaultName[] = [
  'broken',
  'missing',
  'solid',
  'displaced',
  'low-height',
  'high-height',
  'asymmetry',
  'conflict',
  'doubtful',
  'refined',
  'unseen-spring',
  'incomplete',
  'identity-contradiction',
  'unidentified',
  'late-identification',
  'late-measurement',
];

interface Standing {
  fault: PassFault;
  met: number;
}

const lasts = ({ fault, met }: Standing): boolean =>
  met < (fault.passes ?? (fault.name === 'settling' ? Number.POSITIVE_INFINITY : 1));

const current = ({ fault, met }: Standing): PassFault =>
  fault.name === 'settling' && fault.perDay === undefined && fault.millimetres === undefined
    ? { ...fault, millimetres: (met + 1) * (fault.perPass ?? 1) }
    : fault;

export const createTraffic = (options: TrafficOptions): Traffic => {
  const { seed, fleet, roster, track, cameras, kinds = [], incidents = 0, tidy = false } = options;
  let standing: Standing[] = [];
  let count = 0;

  const settle = (asked: readonly Standing[], pass: GeneratedPass, applied: readonly PassFault[]): void => {
    asked.forEach((entry, index) => {
      const fault = applied[index];
      if (fault === undefined || pass.notApplied.includes(fault)) return;
      const done = pass.injections.find(
        (injection) =>
          injection.fault === fault.name &&
          (fault.position === undefined || injection.position === fault.position),
      );
      entry.met += 1;
      // From now on the fault belongs to that vehicle and spring, wherever it runs in the train.
      const { vehicle: _place, ...rest } = entry.fault;
      if (done?.vehicleNumber !== undefined) entry.fault = { ...rest, number: done.vehicleNumber };
      if (done?.position !== undefined) entry.fault = { ...entry.fault, position: done.position };
    });
    standing = standing.filter(lasts);
  };

  return {
    next: (startedAt, overrides = {}) => {
      const random = createRandom(seed, 'traffic', track, startedAt);
      const kind = overrides.kind ?? (kinds.length > 0 ? kinds[count % kinds.length] : undefined);
      const rake = overrides.rake ?? roster.take(random, kind);
      count += 1;
      const asked = [...standing];
      const applied = asked.map(current);
      const incident: PassFault[] = random.chance(incidents) ? [{ name: random.pick(incidentKinds) }] : [];
      const pass = generatePass({
        tidy,
        ...overrides,
        seed,
        fleet,
        rake,
        startedAt,
        track,
        cameras,
        faults: [...applied, ...incident, ...(overrides.faults ?? [])],
      });
      settle(asked, pass, applied);
      return pass;
    },
    inject: (fault) => {
      standing.push({ fault, met: 0 });
    },
    waiting: () => standing.map(({ fault }) => fault),
  };
};

/**
 * The passes of a track between two times (epoch ms), one about every `intervalMs`, fewer at night: a month of them
 * in seconds, for a demonstration's history and for replays.
 */
export function* generateHistory(
  traffic: Traffic,
  { from, to, intervalMs }: { from: number; to: number; intervalMs: number },
): Generator<GeneratedPass> {
  let at = from;
  while (at < to) {
    const pass = traffic.next(at);
    if (pass.endsAt >= to) return;
    yield pass;
    const hour = new Date(at).getUTCHours();
    const random = createRandom('interval', at);
    at = Math.round(
      Math.max(pass.endsAt + 15_000, at + intervalMs * random.between(0.6, 1.4) * (hour < 5 ? 2.5 : 1)),
    );
  }
}
