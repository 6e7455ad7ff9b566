import type { Alert, AlertEvent, Pass } from '../../contract/domain.ts';
import { unacknowledged } from '../alerts/acts.ts';
import { analysisActor } from '../alerts/lifecycle.ts';
import type { Committed, PassRecord, VehicleRecord } from '../passes/ports.ts';
import { alertsOfPass, eventsOfAlert, findAlert, putAlert, putAlertEvents, sameAlert } from './alert-rows.ts';
import type { Database, Sql } from './database.ts';
import { acknowledgedHere, putRejections, putStream } from './fold-commit.ts';
import type { CommitContext } from './fold-commit.ts';
import {
  findPass,
  putPass,
  putPassActs,
  samePass,
  sharedRevision,
  toPass,
  withoutWork,
} from './pass-rows.ts';
import type { PassRow } from './pass-rows.ts';
import { groupBy } from './group-by.ts';
import { forgetHereOnly } from './here-only.ts';
import { clearForReset } from './removal.ts';
import { mergePassActs, mergeShared } from './shared-merge.ts';
import type { SharedPortion } from './shared-portions.ts';
import { inSlices } from './slices.ts';
import type { Sliced } from './slices.ts';
import { putVehicle } from './vehicle-rows.ts';

export interface ApplyContext extends CommitContext {
  /** People are to be told of the alerts again: one sync of the journal, however many they are. */
  renewNotification(alertIds: readonly string[]): void;
  /** First `seq` per stream of the unsent journal. */
  readonly unsent: ReadonlyMap<string, number>;
}

interface SharedPlace extends ApplyContext {
  /** Up to which `seq` the shared record had each stream when it gave these rows. */
  readonly positions: ReadonlyMap<string, number>;
  /** Of the transaction under way, to be told again. */
  readonly again: Set<string>;
}

interface Changed {
  readonly alerts: Map<string, Alert>;
  readonly passes: Map<string, Pass>;
}

/** Whether the replica has seen no more of this pass than the shared record told it. */
const notAhead = (sql: Sql, row: PassRow | undefined): boolean =>
  row === undefined || row.revision <= sharedRevision(sql, row.key);

/** Active and nobody's anew, or worse: also where no camera link has shown it. */
const isNews = (before: Alert, after: Alert): boolean =>
  after.state === 'active-unacknowledged' &&
  (before.state !== 'active-unacknowledged' ||
    before.severity !== after.severity ||
    before.value !== after.value);

/** What people here did, as far as the shared record does not have it yet. */
const withKept = (local: Alert | undefined, merged: Alert, { keptActs }: SharedPlace): Alert => {
  if (local !== undefined && merged.acknowledgedAt === undefined) return merged;
  const kept = keptActs(merged.id);
  // It arrived before it was taken back here. Told by its time: a person's name may be another in the record.
  const isUndone = kept.some(({ act, undo }) => undo && act.at === merged.acknowledgedAt);
  if (isUndone) return acknowledgedHere(unacknowledged(merged), kept);
  return local === undefined ? acknowledgedHere(merged, kept) : merged;
};

const applyAlert = (
  sql: Sql,
  shared: Alert,
  sharedRevision: number,
  context: SharedPlace,
  changed: Changed,
): void => {
  forgetHereOnly(sql, shared);
  const local = findAlert(sql, shared.id);
  const ownEvents = local === undefined ? [] : eventsOfAlert(sql, shared.id);
  const merged = mergeShared(
    local,
    shared,
    ownEvents,
    (streamId) => context.positions.get(streamId) ?? sharedRevision,
  );
  const alert = withKept(local, merged, context);
  if (sameAlert(local, alert)) return;
  if (local && isNews(local, alert)) context.again.add(alert.id);
  putAlert(sql, alert);
  changed.alerts.set(alert.id, alert);
};

const applyPass = (
  sql: Sql,
  shared: PassRecord,
  vehicles: readonly VehicleRecord[],
  alerts: readonly Alert[],
  context: SharedPlace,
  changed: Changed,
): void => {
  const row = findPass(sql, shared.id);
  const local = row && toPass(row);
  const sharedIsNewer = local === undefined || shared.revision >= local.revision;
  for (const alert of alerts) applyAlert(sql, alert, shared.revision, context, changed);
  if (sharedIsNewer) {
    const key = putPass(sql, shared, shared.revision);
    let different = local === undefined || !samePass(local, withoutWork(shared));
    for (const vehicle of vehicles) different = putVehicle(sql, key, shared, vehicle) || different;
    if (different) changed.passes.set(shared.id, withoutWork(shared));
    return;
  }
  const active = alertsOfPass(sql, shared.id).some((alert) => alert.state === 'active-unacknowledged');
  const merged = mergePassActs(local, withoutWork(shared), active);
  if (samePass(local, merged)) return;
  putPassActs(sql, merged);
  changed.passes.set(merged.id, merged);
};

/**
 * The whole history as the shared record has it, in place of what was written of it here: only what the shared record
 * cannot have yet stays, what is judged of later events and an act that was kept.
 */
const applyHistory = (
  sql: Sql,
  alertId: string,
  events: readonly AlertEvent[],
  { keptActs, positions }: SharedPlace,
): void => {
  const waiting = keptActs(alertId).length > 0;
  const isOurs = ({ actor, details: { streamId, seq } }: AlertEvent): boolean => {
    if (actor !== analysisActor) return waiting;
    return typeof streamId === 'string' && typeof seq === 'number' && seq > (positions.get(streamId) ?? seq);
  };
  const ours = eventsOfAlert(sql, alertId).filter(isOurs);
  sql<[string]>('DELETE FROM alert_event WHERE alert_id = ?').run(alertId);
  putAlertEvents(sql, events);
  putAlertEvents(sql, ours);
};

/** Vehicles whose pass is not among the rows: taken unless ours has seen more of the pass. */
const applyLooseVehicle = (sql: Sql, vehicle: VehicleRecord, changed: Changed): void => {
  const row = findPass(sql, vehicle.passId);
  if (row === undefined || !notAhead(sql, row)) return;
  const pass = toPass(row);
  if (putVehicle(sql, row.key, pass, vehicle)) changed.passes.set(pass.id, pass);
};

/**
 * Takes rows of the shared record over, in short transactions; the cursor is stored with the last of them, so an
 * interruption only means that rows come again. A pass as new as ours or newer replaces ours; of an older one
 * only what people did is merged. Gives what looks different now.
 */
export function* applySharedRows(
  database: Database,
  sql: Sql,
  rows: SharedPortion,
  context: ApplyContext,
): Sliced<Committed> {
  const changed: Changed = { alerts: new Map(), passes: new Map() };
  const place = { ...context, positions: new Map(rows.positions ?? []), again: new Set<string>() };
  // Before they are stored: dying in between tells once too often, never once too little.
  const renew = (): void => {
    context.renewNotification([...place.again]);
    place.again.clear();
  };
  if (rows.reset) yield* clearForReset(database, sql, context.unsent);
  const listed = new Set(rows.passes.map((pass) => pass.id));
  const vehicles = groupBy(rows.vehicles, (vehicle) => vehicle.passId);
  const alerts = groupBy(rows.alerts, (alert) => alert.passId);

  yield* inSlices(database, rows.thresholds, (set) => {
    sql<[number, string]>('INSERT OR REPLACE INTO threshold_set (version, body) VALUES (?, ?)').run(
      set.version,
      JSON.stringify(set),
    );
  });
  yield* inSlices(database, rows.maintenance ?? [], ({ vehicleNumber, at }) => {
    sql<[string, number]>(
      `INSERT INTO maintenance (vehicle_number, at) VALUES (?, ?)
       ON CONFLICT (vehicle_number) DO UPDATE SET at = max(at, excluded.at)`,
    ).run(vehicleNumber, at);
  });
  yield* inSlices(
    database,
    rows.passes,
    (pass) => applyPass(sql, pass, vehicles.get(pass.id) ?? [], alerts.get(pass.id) ?? [], place, changed),
    renew,
  );
  yield* inSlices(
    database,
    rows.vehicles.filter((vehicle) => !listed.has(vehicle.passId)),
    (vehicle) => applyLooseVehicle(sql, vehicle, changed),
  );
  yield* inSlices(
    database,
    rows.alerts.filter((alert) => alert.passId === undefined || !listed.has(alert.passId)),
    (alert) => {
      const pass = alert.passId === undefined ? undefined : findPass(sql, alert.passId);
      // Without a pass there is nothing of ours that could be ahead.
      const revision = pass === undefined ? Number.POSITIVE_INFINITY : sharedRevision(sql, pass.key);
      applyAlert(sql, alert, revision, place, changed);
    },
    renew,
  );
  yield* inSlices(
    database,
    groupBy(rows.alertEvents, (event) => event.alertId),
    ([alertId, events]) => applyHistory(sql, alertId, events, place),
  );
  yield* inSlices(database, rows.rejected, (rejection) => putRejections(sql, [rejection]));
  database.transaction(() => {
    for (const stream of rows.streams) putStream(sql, stream);
    if (rows.cursor === undefined) return;
    sql<[string]>(`INSERT OR REPLACE INTO meta (key, value) VALUES ('cursor', ?)`).run(rows.cursor);
  })();
  return { alerts: [...changed.alerts.values()], passes: [...changed.passes.values()] };
}

export const sharedCursor = (sql: Sql): string | undefined =>
  sql<[], { value: string }>(`SELECT value FROM meta WHERE key = 'cursor'`).get()?.value;
