import type { ThresholdSet } from '../../contract/domain.ts';
import { thresholdsAt } from '../springs/thresholds.ts';
import { rememberHistory } from './history-rows.ts';
import type { PassBundle } from './ports.ts';
import { isEnded, newPass, rememberCondition } from './working-pass.ts';
import type { PassWork, WorkingPass } from './working-pass.ts';
import { restoreVehicle } from './working-vehicle.ts';

/** A pass as the fold left it, from what a store has of it: after a restart, or long after it ended. */
export function restorePass(bundle: PassBundle, sets: readonly ThresholdSet[]): WorkingPass {
  const { work: stored, ...row } = bundle.pass;
  const { held, ...work } = stored as PassWork;
  const thresholds =
    sets.find((set) => set.version === row.thresholdVersion) ?? thresholdsAt(sets, row.startedAt);
  const pass: WorkingPass = { ...newPass(row, thresholds), work };
  for (const [index, messages] of Object.entries(held ?? {})) pass.held.set(Number(index), [...messages]);
  for (const record of bundle.vehicles.toSorted((left, right) => left.index - right.index)) {
    pass.vehicles.set(record.index, restoreVehicle(record, thresholds.minConfidence));
  }
  for (const condition of bundle.conditions) rememberCondition(pass, condition);
  if (isEnded(pass)) rememberHistory(pass);
  return pass;
}
