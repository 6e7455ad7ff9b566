import type { Alert, AlertEvent, Pass } from '../../contract/domain.ts';
import { acknowledge } from '../alerts/acts.ts';
import { applyTransition } from '../alerts/lifecycle.ts';
import type { KeptAct } from '../alerts/ports.ts';
import type { AlertTransition } from '../alerts/transition.ts';
import { mergePassRow, reopensPass } from '../passes/pass-row.ts';
import type { Committed, FoldOutcome, PassRecord, Rejection, StreamState } from '../passes/ports.ts';
import { findAlert, putAlert, putAlertEvents } from './alert-rows.ts';
import { rememberHereOnly } from './here-only.ts';
import type { Sql } from './database.ts';
import { findPass, putPass, putPassActs, toPass, withoutWork } from './pass-rows.ts';
import { putVehicle } from './vehicle-rows.ts';

export interface CommitContext {
  readonly workstation: string;
  /** Acknowledgements of this alert that the shared record does not have yet, the earliest first. */
  keptActs(alertId: string): readonly KeptAct[];
}

/** The last one stands until the shared record has spoken (docs/domain.md, provisional), unless it was taken back. */
export const acknowledgedHere = (alert: Alert, kept: readonly KeptAct[]): Alert => {
  const last = kept.at(-1);
  if (last === undefined || last.undo) return alert;
  const taken = acknowledge(alert, last.act, last.remark);
  return taken.ok ? { ...taken.value.alert, provisional: true } : alert;
};

/** Only ever forwards: a position that went back would apply events twice. */
export const putStream = (sql: Sql, stream: StreamState): void => {
  sql<(string | number)[]>(
    `INSERT INTO stream (stream_id, site, track, cameras, last_seq, updated_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (stream_id) DO UPDATE SET site = excluded.site, track = excluded.track,
       cameras = excluded.cameras, last_seq = max(last_seq, excluded.last_seq),
       updated_at = max(updated_at, excluded.updated_at)`,
  ).run(
    stream.streamId,
    stream.site,
    stream.track,
    JSON.stringify(stream.cameras),
    stream.lastSeq,
    stream.updatedAt,
  );
};

/** A refusal is listed once, whether this workstation or another one wrote it. */
export const putRejections = (sql: Sql, rejections: readonly Rejection[]): void => {
  const insert = sql<(string | number | null)[]>(
    'INSERT OR IGNORE INTO rejected (stream_id, seq, at, reason, text) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { streamId, seq, at, reason, text } of rejections) {
    insert.run(streamId, seq ?? null, at, reason, text);
  }
};

const putNotes = (sql: Sql, notes: FoldOutcome['notes']): void => {
  for (const note of notes) {
    if (note.kind === 'camera') {
      sql<(string | number)[]>(
        'INSERT INTO camera_status (stream_id, camera_id, status, at, received_at) VALUES (?, ?, ?, ?, ?)',
      ).run(note.streamId, note.cameraId, note.status, note.at, note.receivedAt);
    } else if (note.kind === 'link') {
      sql<(string | number)[]>(
        'INSERT INTO link_note (stream_id, state, reason, at, received_at) VALUES (?, ?, ?, ?, ?)',
      ).run(note.streamId, note.state, note.reason, note.at, note.receivedAt);
    }
    // What `hello` said is in the stream's own row, which the fold gives with every outcome.
  }
};

interface AlertOutcome {
  readonly alerts: ReadonlyMap<string, Alert>;
  readonly events: readonly AlertEvent[];
  readonly reopening: ReadonlySet<string>;
}

const applyTransitions = (
  sql: Sql,
  transitions: readonly AlertTransition[],
  context: CommitContext,
): AlertOutcome => {
  const alerts = new Map<string, Alert>();
  const events: AlertEvent[] = [];
  const reopening = new Set<string>();
  for (const transition of transitions) {
    const existing = alerts.get(transition.alertId) ?? findAlert(sql, transition.alertId);
    const change = applyTransition(existing, transition, context.workstation);
    if (change.events.length === 0) continue;
    const kept = existing === undefined ? context.keptActs(transition.alertId) : [];
    const alert = acknowledgedHere(change.alert, kept);
    alerts.set(transition.alertId, alert);
    if (existing === undefined) rememberHereOnly(sql, alert);
    events.push(...change.events);
    if (transition.passId !== undefined && reopensPass({ ...change, alert }))
      reopening.add(transition.passId);
  }
  return { alerts, events, reopening };
};

/** A pass that the outcome does not carry, although one of its alerts re-opens it. */
const reopenStored = (sql: Sql, passId: string): Pass | undefined => {
  const row = findPass(sql, passId);
  if (row === undefined || row.status !== 'confirmed') return undefined;
  const pass = mergePassRow(toPass(row), toPass(row), true);
  putPassActs(sql, pass);
  return pass;
};

/**
 * Stores what a batch of entries changed, with the streams' positions; run it in one transaction. A pass of which
 * the replica has a newer revision already (it came from the shared record) is left as it is.
 */
export const commitOutcome = (sql: Sql, outcome: FoldOutcome, context: CommitContext): Committed => {
  const outdated = new Set<string>();
  const known = new Map<string, Pass>();
  for (const { id, revision } of outcome.passes) {
    const row = findPass(sql, id);
    if (row === undefined) continue;
    known.set(id, toPass(row));
    if (row.revision > revision) outdated.add(id);
  }
  const isCurrent = (passId: string | undefined): boolean => passId === undefined || !outdated.has(passId);
  const { alerts, events, reopening } = applyTransitions(
    sql,
    outcome.transitions.filter((transition) => isCurrent(transition.passId)),
    context,
  );
  for (const alert of alerts.values()) putAlert(sql, alert);
  putAlertEvents(sql, events);

  const passes: Pass[] = [];
  const keys = new Map<string, { readonly key: number; readonly pass: PassRecord }>();
  for (const judged of outcome.passes) {
    if (outdated.has(judged.id)) continue;
    const pass = mergePassRow(judged, known.get(judged.id), reopening.has(judged.id));
    keys.set(pass.id, { key: putPass(sql, pass), pass });
    passes.push(withoutWork(pass));
  }
  for (const passId of reopening) {
    const reopened = keys.has(passId) ? undefined : reopenStored(sql, passId);
    if (reopened !== undefined) passes.push(reopened);
  }
  for (const vehicle of outcome.vehicles) {
    if (outdated.has(vehicle.passId)) continue;
    const stored = keys.get(vehicle.passId);
    if (stored !== undefined) {
      putVehicle(sql, stored.key, stored.pass, vehicle);
      continue;
    }
    const row = findPass(sql, vehicle.passId);
    if (row === undefined)
      throw new Error(`vehicle ${String(vehicle.index)} of unknown pass ${vehicle.passId}`);
    putVehicle(sql, row.key, toPass(row), vehicle);
  }
  putRejections(sql, outcome.rejections);
  putNotes(sql, outcome.notes);
  for (const stream of outcome.streams) putStream(sql, stream);
  return { alerts: [...alerts.values()], passes };
};
