import type { HistoryRow } from '../cars/history-row.ts';
import type { VehicleHistories } from '../cars/vehicle-history.ts';
import { isBlank } from '../springs/evidence.ts';
import type { WorkingPass } from './working-pass.ts';
import type { WorkingVehicle } from './working-vehicle.ts';

/** The vehicle as later passes will look back on it; undefined when it is no history (rule 9). */
function historyRow(pass: WorkingPass, vehicle: WorkingVehicle): HistoryRow | undefined {
  if (!vehicle.identification || vehicle.contradicted) return undefined;
  return {
    passId: pass.row.id,
    startedAt: pass.row.startedAt,
    axles: vehicle.axles,
    relativeCmm: vehicle.relativeCmm,
    states: vehicle.states,
    blank: vehicle.evidence.map((known) => isBlank(known, pass.thresholds.minConfidence)),
    blindSides: vehicle.blindSides,
  };
}

const sameList = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left.length === right.length && left.every((value, index) => value === right[index]);

const sameRow = (left: HistoryRow, right: HistoryRow): boolean =>
  sameList(left.relativeCmm, right.relativeCmm) &&
  sameList(left.states, right.states) &&
  sameList(left.blank, right.blank) &&
  sameList(left.blindSides, right.blindSides);

/** After an ended pass was judged: later passes, in the same batch too, must see it as it is now. */
export function tellHistories(histories: VehicleHistories, pass: WorkingPass): void {
  const rows = new Map<string, HistoryRow[]>();
  const added = new Set<string>();
  const changed = new Set<string>();
  for (const vehicle of pass.vehicles.values()) {
    const row = historyRow(pass, vehicle);
    const number = vehicle.identification?.vehicleNumber;
    const before = vehicle.history;
    if (before && (!row || !sameRow(before.row, row))) changed.add(before.vehicleNumber);
    vehicle.history = undefined;
    if (!row || number === undefined) continue;
    if (!before) added.add(number);
    vehicle.history = { vehicleNumber: number, row };
    const own = rows.get(number);
    if (own) {
      // Twice in one train: no single row is the new one.
      own.push(row);
      changed.add(number);
    } else rows.set(number, [row]);
  }
  const { id: passId, site, siteTrack } = pass.row;
  histories.judged({ passId, site, siteTrack, rows, added, changed });
}

/** What the record of a vehicle of an ended pass already is to later passes. */
export function rememberHistory(pass: WorkingPass): void {
  for (const vehicle of pass.vehicles.values()) {
    const row = historyRow(pass, vehicle);
    const number = vehicle.identification?.vehicleNumber;
    vehicle.history = row && number !== undefined ? { vehicleNumber: number, row } : undefined;
  }
}
