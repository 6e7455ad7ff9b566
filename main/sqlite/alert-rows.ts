import type {
  Alert,
  AlertEvent,
  AlertState,
  Defect,
  KnownFinding,
  Rule,
  Severity,
  Verdict,
} from '../../contract/domain.ts';
import { analysisActor, isUnacknowledged } from '../alerts/lifecycle.ts';
import type { Sql } from './database.ts';

export interface AlertRow {
  readonly id: string;
  readonly pass_id: string | null;
  readonly vehicle_index: number | null;
  readonly position: string | null;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly present: number;
  readonly value: number | null;
  readonly limit_value: number | null;
  readonly raised_at: number;
  readonly received_at: number;
  readonly acknowledged_by: string | null;
  readonly acknowledged_at: number | null;
  readonly comment: string | null;
  readonly provisional: number;
  readonly train_number: string | null;
  readonly track: string | null;
  readonly vehicle_number: string | null;
  readonly defect: Defect | null;
  readonly stream_id: string | null;
  readonly rank: number;
  readonly owner: string | null;
  readonly shelved_until: number | null;
  readonly shelved_by: string | null;
  readonly shelve_reason: string | null;
  readonly escalated_at: number | null;
  readonly verdict: Verdict | null;
  readonly known: string | null;
}

/** First key of every list: unacknowledged before acknowledged, critical before warning (docs/domain.md, alerts). */
export const rankOf = (alert: Alert): number =>
  (isUnacknowledged(alert) ? 0 : 2) + (alert.severity === 'critical' ? 0 : 1);

export const toAlert = (row: AlertRow): Alert => ({
  id: row.id,
  passId: row.pass_id ?? undefined,
  vehicleIndex: row.vehicle_index ?? undefined,
  position: row.position ?? undefined,
  rule: row.rule,
  severity: row.severity,
  state: row.state,
  present: row.present === 1,
  value: row.value ?? undefined,
  limit: row.limit_value ?? undefined,
  raisedAt: row.raised_at,
  receivedAt: row.received_at,
  acknowledgedBy: row.acknowledged_by ?? undefined,
  acknowledgedAt: row.acknowledged_at ?? undefined,
  comment: row.comment ?? undefined,
  provisional: row.provisional === 1,
  trainNumber: row.train_number ?? undefined,
  track: row.track ?? undefined,
  vehicleNumber: row.vehicle_number ?? undefined,
  defect: row.defect ?? undefined,
  streamId: row.stream_id ?? undefined,
  owner: row.owner ?? undefined,
  shelvedUntil: row.shelved_until ?? undefined,
  shelvedBy: row.shelved_by ?? undefined,
  shelveReason: row.shelve_reason ?? undefined,
  escalatedAt: row.escalated_at ?? undefined,
  verdict: row.verdict ?? undefined,
  known: row.known === null ? undefined : (JSON.parse(row.known) as KnownFinding),
});

export const findAlert = (sql: Sql, id: string): Alert | undefined => {
  const row = sql<[string], AlertRow>('SELECT * FROM alert WHERE id = ?').get(id);
  return row && toAlert(row);
};

/** Most urgent first. */
export const alertsOfPass = (sql: Sql, passId: string): Alert[] =>
  sql<[string], AlertRow>('SELECT * FROM alert WHERE pass_id = ? ORDER BY rank, raised_at DESC, id')
    .all(passId)
    .map(toAlert);

export const putAlert = (sql: Sql, alert: Alert): void => {
  sql<(string | number | null)[]>(
    `INSERT OR REPLACE INTO alert (id, pass_id, vehicle_index, position, rule, severity, state, present, value,
       limit_value, raised_at, received_at, acknowledged_by, acknowledged_at, comment, provisional, train_number,
       track, vehicle_number, defect, stream_id, rank, owner, shelved_until, shelved_by, shelve_reason,
       escalated_at, verdict, known)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    alert.id,
    alert.passId ?? null,
    alert.vehicleIndex ?? null,
    alert.position ?? null,
    alert.rule,
    alert.severity,
    alert.state,
    Number(alert.present),
    alert.value ?? null,
    alert.limit ?? null,
    alert.raisedAt,
    alert.receivedAt,
    alert.acknowledgedBy ?? null,
    alert.acknowledgedAt ?? null,
    alert.comment ?? null,
    Number(alert.provisional),
    alert.trainNumber ?? null,
    alert.track ?? null,
    alert.vehicleNumber ?? null,
    alert.defect ?? null,
    alert.streamId ?? null,
    rankOf(alert),
    alert.owner ?? null,
    alert.shelvedUntil ?? null,
    alert.shelvedBy ?? null,
    alert.shelveReason ?? null,
    alert.escalatedAt ?? null,
    alert.verdict ?? null,
    alert.known === undefined ? null : JSON.stringify(alert.known),
  );
};

const sameFinding = (left: KnownFinding | undefined, right: KnownFinding | undefined): boolean =>
  left?.since === right?.since &&
  left?.times === right?.times &&
  left?.acknowledgedBy === right?.acknowledgedBy &&
  left?.acknowledgedAt === right?.acknowledgedAt;

/** Whether two states of an alert look the same to a person. */
export const sameAlert = (left: Alert | undefined, right: Alert): boolean => {
  if (left === undefined) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]) as Set<keyof Alert>;
  keys.delete('known');
  return sameFinding(left.known, right.known) && [...keys].every((key) => left[key] === right[key]);
};

/**
 * What makes an entry of the history the same entry wherever it was written: what the analysis did is named by
 * the event that caused it (two workstations receive it at different times), an act by where and when: names can be
 * replaced on request (docs/decisions/0012-commitments-in-the-audit-chain.md).
 */
const identityOf = (event: AlertEvent): string => {
  const { streamId, seq } = event.details;
  return event.actor === analysisActor && typeof streamId === 'string' && typeof seq === 'number'
    ? `${event.kind}/${streamId}/${String(seq)}`
    : `${event.kind}/${event.workstation}/${String(event.at)}`;
};

export const putAlertEvents = (sql: Sql, events: readonly AlertEvent[]): void => {
  const insert = sql<(string | number)[]>(
    `INSERT INTO alert_event (alert_id, identity, at, actor, workstation, kind, details)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (alert_id, identity) DO UPDATE SET actor = excluded.actor, details = excluded.details
       WHERE actor <> excluded.actor`,
  );
  for (const event of events) {
    insert.run(
      event.alertId,
      identityOf(event),
      event.at,
      event.actor,
      event.workstation,
      event.kind,
      JSON.stringify(event.details),
    );
  }
};

export const eventsOfAlert = (sql: Sql, alertId: string): AlertEvent[] =>
  sql<[string], { at: number; actor: string; workstation: string; kind: string; details: string }>(
    'SELECT at, actor, workstation, kind, details FROM alert_event WHERE alert_id = ? ORDER BY at, key',
  )
    .all(alertId)
    .map((row) => ({
      alertId,
      at: row.at,
      actor: row.actor,
      workstation: row.workstation,
      kind: row.kind,
      details: JSON.parse(row.details) as Record<string, unknown>,
    }));
