import { randomUUID } from 'node:crypto';
import type { Alert } from '../../contract/domain.ts';
import { closed } from '../alerts/lifecycle.ts';
import { entryOf } from '../audit/entry.ts';
import type { Committed, HereOnly } from '../passes/ports.ts';
import { findAlert } from './alert-rows.ts';
import { keepAudit } from './audit-outbox.ts';
import type { Sql } from './database.ts';
import { pendingActs, removeAct, renewNotification } from './durable-notes.ts';
import type { Files } from './files.ts';
import { findPass } from './pass-rows.ts';

/*
 * Alerts that were raised here and that the shared record does not have: those it has not come to yet, and those it
 * judged otherwise, because springs were renewed or limits changed just before (docs/domain.md, "What only one
 * workstation has").
 */

/** Asked about at once. */
const mostAtOnce = 200;

export const rememberHereOnly = (sql: Sql, { id, passId }: Alert): void => {
  if (passId === undefined) return;
  sql<[string, string]>('INSERT OR IGNORE INTO alert_here_only (pass_id, alert_id) VALUES (?, ?)').run(
    passId,
    id,
  );
};

/** The shared record told of it. */
export const forgetHereOnly = (sql: Sql, { id, passId }: Alert): void => {
  if (passId === undefined) return;
  sql<[string, string]>('DELETE FROM alert_here_only WHERE pass_id = ? AND alert_id = ?').run(passId, id);
};

/**
 * Those whose pass has ended and of which the shared record has seen all that we have judged: it should have told of
 * them, and what it knows is asked.
 */
export const hereOnly = (sql: Sql): HereOnly[] =>
  sql<[number], { alert_id: string; pass_id: string; revision: number }>(
    `SELECT own.alert_id, own.pass_id, pass.revision
     FROM (SELECT DISTINCT pass_id FROM alert_here_only) AS judged
       JOIN pass ON pass.id = judged.pass_id AND pass.status <> 'in-progress'
         AND pass.revision <= pass.shared_revision
       JOIN alert_here_only AS own ON own.pass_id = judged.pass_id
     LIMIT ?`,
  )
    .all(mostAtOnce)
    .map((row) => ({ alertId: row.alert_id, passId: row.pass_id, revision: row.revision }));

const isStill = (sql: Sql, { alertId, passId, revision }: HereOnly): boolean => {
  const row = findPass(sql, passId);
  if (row === undefined || row.revision !== revision || row.status === 'in-progress') return false;
  const own = sql<[string, string], { alert_id: string }>(
    'SELECT alert_id FROM alert_here_only WHERE pass_id = ? AND alert_id = ?',
  ).get(passId, alertId);
  return own !== undefined;
};

/**
 * The alerts end here. What somebody has kept of one of them can never be sent: it goes to the audit log instead, as
 * durable as it was. First of all, so that nothing kept acknowledges an alert of the same name that comes later.
 */
export const endHereOnly = ({ journal, replica }: Files, proved: readonly HereOnly[]): Committed => {
  const { database, sql } = replica;
  const ended = proved
    .filter((one) => isStill(sql, one))
    .flatMap(({ alertId }) => findAlert(sql, alertId) ?? []);
  if (ended.length === 0) return { alerts: [], passes: [] };
  const ids = new Set(ended.map(({ id }) => id));
  journal.database.transaction(() => {
    for (const { id, alertId, remark, act, undo } of pendingActs(journal)) {
      if (!ids.has(alertId)) continue;
      const after = { ...remark, actedAt: act.at, undoneAt: undo?.at };
      const subject = { action: 'alert.acknowledge-void', entity: 'alert', entityId: alertId, after };
      keepAudit(journal, [{ entryId: randomUUID(), ...entryOf(act, subject) }]);
      removeAct(journal, id);
    }
    renewNotification(journal, [...ids]);
  })();
  database.transaction(() => {
    for (const alert of ended) {
      sql<[string]>('DELETE FROM alert_event WHERE alert_id = ?').run(alert.id);
      sql<[string]>('DELETE FROM alert WHERE id = ?').run(alert.id);
      forgetHereOnly(sql, alert);
    }
  })();
  return {
    alerts: ended.map((alert) => ({ ...closed(alert), present: false, provisional: false })),
    passes: [],
  };
};
