import type { Spring, State, Vehicle, VehicleEnd } from '../../contract/domain.ts';
import type { HistoryRow } from '../cars/history-row.ts';
import { evidenceOf, springRecord, storedExtremes } from '../springs/evidence.ts';
import type { SpringEvidence, StoredExtremes } from '../springs/evidence.ts';
import { positionCode, positionCount } from '../springs/position.ts';
import type { FixedSide } from '../springs/position.ts';
import type { VehicleIdentified } from './events.ts';
import type { HeldMessage } from './held.ts';
import type { VehicleRecord } from './ports.ts';

/** A vehicle while the fold works on it. The springs of `record` that did not change keep their identity. */
export interface WorkingVehicle {
  readonly index: number;
  identification:
    Pick<VehicleIdentified, 'vehicleNumber' | 'vehicleType' | 'axles' | 'leadingEnd'> | undefined;
  contradicted: boolean;
  axles: number;
  /** Layout order; elements are immutable. */
  evidence: (SpringEvidence | undefined)[];
  states: readonly (State | undefined)[];
  state: State | undefined;
  blankCount: number;
  relativeCmm: readonly (number | null)[];
  blindSides: readonly FixedSide[];
  /** Everything received for it while it is unidentified: applied anew should its identification come. */
  messages: HeldMessage[];
  /** What later passes see of it; absent while the pass is in progress. */
  history: { readonly vehicleNumber: string; readonly row: HistoryRow } | undefined;
  record: VehicleRecord | undefined;
  recordedEvidence: readonly (SpringEvidence | undefined)[];
}

/** The fold's own memory beside the record: what the springs do not tell. */
interface VehicleWork {
  /** By layout index, where the record does not tell the extremes of the heights. */
  readonly extremes?: readonly (readonly [number, StoredExtremes])[];
  readonly messages?: readonly HeldMessage[];
}

export function newVehicle(index: number, axles: number): WorkingVehicle {
  const count = positionCount(axles);
  return {
    index,
    identification: undefined,
    contradicted: false,
    axles,
    evidence: Array.from({ length: count }, () => undefined),
    states: Array.from({ length: count }, () => undefined),
    state: undefined,
    blankCount: 0,
    relativeCmm: Array.from({ length: count }, () => null),
    blindSides: [],
    messages: [],
    history: undefined,
    record: undefined,
    recordedEvidence: [],
  };
}

/** The end that is taken to lead: an unidentified vehicle is placed as if end A led. */
export const leadingEndOf = (vehicle: WorkingVehicle): VehicleEnd =>
  vehicle.identification?.leadingEnd ?? 'A';

export function restoreVehicle(record: VehicleRecord, minConfidence: number): WorkingVehicle {
  const work = (record.work ?? {}) as VehicleWork;
  const extremes = new Map(work.extremes);
  const evidence = record.springs.map((spring, index) =>
    evidenceOf(spring, extremes.get(index), minConfidence),
  );
  const { identified, vehicleNumber, vehicleType, axles, leadingEnd } = record;
  const complete =
    identified && vehicleNumber !== undefined && vehicleType !== undefined && leadingEnd !== undefined;
  return {
    index: record.index,
    identification: complete ? { vehicleNumber, vehicleType, axles, leadingEnd } : undefined,
    contradicted: record.contradicted,
    axles,
    evidence,
    states: record.springs.map((spring) => spring.state),
    state: record.state,
    blankCount: record.blankCount,
    relativeCmm: record.relativeCmm,
    blindSides: record.blindSides,
    messages: [...(work.messages ?? [])],
    history: undefined,
    record,
    recordedEvidence: [...evidence],
  };
}

function springsOf(vehicle: WorkingVehicle): readonly Spring[] {
  const { record, recordedEvidence } = vehicle;
  return vehicle.evidence.map((evidence, index) => {
    const before = record?.springs[index];
    const state = vehicle.states[index];
    if (before && recordedEvidence[index] === evidence && before.state === state) return before;
    return springRecord(positionCode(index), evidence, state);
  });
}

function workOf(vehicle: WorkingVehicle): VehicleWork {
  const extremes: (readonly [number, StoredExtremes])[] = [];
  for (const [index, evidence] of vehicle.evidence.entries()) {
    const stored = evidence && storedExtremes(evidence);
    if (stored) extremes.push([index, stored]);
  }
  return {
    ...(extremes.length > 0 ? { extremes } : undefined),
    ...(vehicle.messages.length > 0 ? { messages: [...vehicle.messages] } : undefined),
  };
}

/** The vehicle as it is to be stored; also becomes what the next record is compared with. */
export function recordVehicle(passId: string, vehicle: WorkingVehicle): VehicleRecord {
  const { identification } = vehicle;
  const facts: Omit<Vehicle, 'springs'> = {
    passId,
    index: vehicle.index,
    identified: identification !== undefined,
    vehicleNumber: identification?.vehicleNumber,
    vehicleType: identification?.vehicleType,
    axles: vehicle.axles,
    leadingEnd: identification?.leadingEnd,
    state: vehicle.state,
    blankCount: vehicle.blankCount,
  };
  const record: VehicleRecord = {
    ...facts,
    springs: springsOf(vehicle),
    relativeCmm: vehicle.relativeCmm,
    blindSides: vehicle.blindSides,
    contradicted: vehicle.contradicted,
    work: workOf(vehicle),
  };
  vehicle.record = record;
  vehicle.recordedEvidence = [...vehicle.evidence];
  return record;
}
