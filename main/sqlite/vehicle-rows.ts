import type { Pass, State, Vehicle, VehicleEnd } from '../../contract/domain.ts';
import type { VehicleRecord } from '../passes/ports.ts';
import type { Sql } from './database.ts';
import { springsFromText, springsToText } from './springs-text.ts';

/** Vehicles per pass that a key has room for; the protocol allows 200. */
const keyRoom = 256;

export const vehicleKey = (passKey: number, index: number): number => passKey * keyRoom + index;
export const firstVehicleKey = (passKey: number): number => passKey * keyRoom;
export const lastVehicleKey = (passKey: number): number => passKey * keyRoom + keyRoom - 1;
/** SQL for the pass of a vehicle. */
export const passKeyOfVehicle = `(vehicle.key / ${String(keyRoom)})`;
export const vehicleIndexOf = (key: number): number => key % keyRoom;

export interface VehicleRow {
  readonly key: number;
  readonly identified: number;
  readonly vehicle_number: string | null;
  readonly vehicle_type: string | null;
  readonly axles: number;
  readonly leading_end: VehicleEnd | null;
  readonly state: State | null;
  readonly blank_count: number;
  readonly springs: string;
}

export interface VehicleRecordRow extends VehicleRow {
  readonly contradicted: number;
  readonly blind_sides: string;
  readonly relative: string;
  readonly work: string;
}

export const vehicleColumns = `vehicle.key, vehicle.identified, vehicle.vehicle_number, vehicle.vehicle_type,
  vehicle.axles, vehicle.leading_end, vehicle.state, vehicle.blank_count, vehicle.springs`;

export const toVehicle = (row: VehicleRow, passId: string): Vehicle => ({
  passId,
  index: vehicleIndexOf(row.key),
  identified: row.identified === 1,
  vehicleNumber: row.vehicle_number ?? undefined,
  vehicleType: row.vehicle_type ?? undefined,
  axles: row.axles,
  leadingEnd: row.leading_end ?? undefined,
  state: row.state ?? undefined,
  blankCount: row.blank_count,
  springs: springsFromText(row.springs),
});

export const toBlindSides = (text: string): readonly ('L' | 'R')[] =>
  (['L', 'R'] as const).filter((side) => text.includes(side));

export const toVehicleRecord = (row: VehicleRecordRow, passId: string): VehicleRecord => ({
  ...toVehicle(row, passId),
  relativeCmm: JSON.parse(row.relative) as (number | null)[],
  blindSides: toBlindSides(row.blind_sides),
  contradicted: row.contradicted === 1,
  work: JSON.parse(row.work) as unknown,
});

export const vehicleRecordsOf = (sql: Sql, passKey: number, passId: string): VehicleRecord[] =>
  sql<[number, number], VehicleRecordRow>(
    `SELECT ${vehicleColumns}, vehicle.contradicted, vehicle.blind_sides, vehicle.relative, vehicle.work
     FROM vehicle WHERE key BETWEEN ? AND ?`,
  )
    .all(firstVehicleKey(passKey), lastVehicleKey(passKey))
    .map((row) => toVehicleRecord(row, passId));

/** Gives whether the row is another than the one that was there. */
export const putVehicle = (
  sql: Sql,
  passKey: number,
  pass: Pick<Pass, 'site' | 'siteTrack' | 'startedAt'>,
  vehicle: VehicleRecord,
): boolean => {
  const key = vehicleKey(passKey, vehicle.index);
  const values = [
    Number(vehicle.identified),
    vehicle.vehicleNumber ?? null,
    vehicle.vehicleType ?? null,
    vehicle.axles,
    vehicle.leadingEnd ?? null,
    vehicle.state ?? null,
    vehicle.blankCount,
    springsToText(vehicle.springs),
  ];
  const visible = sql<[number], VehicleRow>(`SELECT ${vehicleColumns} FROM vehicle WHERE key = ?`).get(key);
  const before = visible && [
    visible.identified,
    visible.vehicle_number,
    visible.vehicle_type,
    visible.axles,
    visible.leading_end,
    visible.state,
    visible.blank_count,
    visible.springs,
  ];
  sql<(string | number | null)[]>(
    `INSERT OR REPLACE INTO vehicle (key, identified, vehicle_number, vehicle_type, axles, leading_end, state,
       blank_count, springs, contradicted, site, site_track, started_at, blind_sides, relative, work)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    key,
    ...values,
    Number(vehicle.contradicted),
    pass.site,
    pass.siteTrack,
    pass.startedAt,
    vehicle.blindSides.join(''),
    JSON.stringify(vehicle.relativeCmm),
    JSON.stringify(vehicle.work ?? null),
  );
  return before === undefined || values.some((value, index) => value !== before[index]);
};
