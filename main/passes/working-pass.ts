import type { ThresholdSet } from '../../contract/domain.ts';
import { conditionKey } from './condition-key.ts';
import type { HeldMessage } from './held.ts';
import type { AlertCondition, PassRecord } from './ports.ts';
import type { WorkingVehicle } from './working-vehicle.ts';

/** The fold's own memory of a pass beside its row; plain JSON. */
export interface PassWork {
  /** Latest `at` of the pass's own events, camera clock. */
  readonly lastAt: number;
  /** When anything of the pass was received last, this machine's clock. */
  readonly lastReceivedAt: number;
  /** Of a `pass.aborted` that counted. */
  readonly abortReason?: string | undefined;
  /** Ended by silence and not completed since. */
  readonly timedOut?: boolean | undefined;
  /** By index: measurements of vehicles that are not identified, while the pass is in progress. */
  readonly held?: Readonly<Record<string, readonly HeldMessage[]>> | undefined;
}

/** A pass while the fold works on it. */
export interface WorkingPass {
  row: Omit<PassRecord, 'work'>;
  work: Omit<PassWork, 'held'>;
  readonly held: Map<number, HeldMessage[]>;
  readonly thresholds: ThresholdSet;
  readonly vehicles: Map<number, WorkingVehicle>;
  /** All conditions that ever were, by vehicle (0: of the pass itself), then by key. */
  readonly conditions: Map<number, Map<string, AlertCondition>>;
  /** Vehicles changed since the last outcome. */
  readonly changedVehicles: Set<WorkingVehicle>;
}

export const isEnded = (pass: WorkingPass): boolean => pass.row.status !== 'in-progress';

export function newPass(row: Omit<PassRecord, 'work'>, thresholds: ThresholdSet): WorkingPass {
  return {
    row,
    work: { lastAt: row.startedAt, lastReceivedAt: row.startedAt },
    held: new Map(),
    thresholds,
    vehicles: new Map(),
    conditions: new Map(),
    changedVehicles: new Set(),
  };
}

export function rememberCondition(pass: WorkingPass, condition: AlertCondition): void {
  const owner = condition.vehicleIndex ?? 0;
  const own = pass.conditions.get(owner) ?? new Map<string, AlertCondition>();
  own.set(conditionKey(condition), condition);
  pass.conditions.set(owner, own);
}

export function recordPass(pass: WorkingPass): PassRecord {
  const held = pass.held.size > 0 ? { held: Object.fromEntries(pass.held) } : undefined;
  const work: PassWork = { ...pass.work, ...held };
  return { ...pass.row, work };
}

export const vehiclesInOrder = (pass: WorkingPass): readonly WorkingVehicle[] =>
  [...pass.vehicles.values()].toSorted((left, right) => left.index - right.index);
