import type { ProvisionalActs, Remark } from '../alerts/ports.ts';
import type { Act } from '../audit/act.ts';
import type { JournalFile } from './journal-file.ts';

type PendingAct = Awaited<ReturnType<ProvisionalActs['pendingActs']>>[number];

interface ActRow {
  readonly id: number;
  readonly alert_id: string;
  readonly comment: string | null;
  readonly act: string;
}

const toAct = (row: ActRow): PendingAct => {
  const { checklist, ...act } = JSON.parse(row.act) as Omit<Act, 'subject'> & Pick<Remark, 'checklist'>;
  return {
    id: row.id,
    alertId: row.alert_id,
    remark: { comment: row.comment ?? undefined, checklist },
    // Kept before people signed in: nobody's.
    act: { subject: '', ...act },
  };
};

/** Durable when it returns: the journal's file syncs every commit. What was ticked is kept with who ticked it. */
export const keepAct = (
  { sql }: JournalFile,
  alertId: string,
  { comment, checklist }: Remark,
  act: Act,
): void => {
  sql<[string, string | null, string]>('INSERT INTO act (alert_id, comment, act) VALUES (?, ?, ?)').run(
    alertId,
    comment ?? null,
    JSON.stringify({ ...act, checklist }),
  );
};

export const pendingActs = ({ sql }: JournalFile): PendingAct[] =>
  sql<[], ActRow>('SELECT * FROM act ORDER BY id').all().map(toAct);

export const pendingActOf = ({ sql }: JournalFile, alertId: string): PendingAct | undefined => {
  const row = sql<[string], ActRow>('SELECT * FROM act WHERE alert_id = ? ORDER BY id LIMIT 1').get(alertId);
  return row && toAct(row);
};

export const removeAct = ({ sql }: JournalFile, id: number): void => {
  sql<[number]>('DELETE FROM act WHERE id = ?').run(id);
};

/** Those of the alerts that no person was told of yet. */
export const notNotified = ({ sql }: JournalFile, alertIds: readonly string[]): string[] => {
  const find = sql<[string], { at: number }>('SELECT at FROM notified WHERE alert_id = ?');
  return alertIds.filter((alertId) => find.get(alertId) === undefined);
};

export const markNotified = (
  { database, sql }: JournalFile,
  alertIds: readonly string[],
  at: number,
): void => {
  const insert = sql<[string, number]>('INSERT OR REPLACE INTO notified (alert_id, at) VALUES (?, ?)');
  database.transaction(() => {
    for (const alertId of alertIds) insert.run(alertId, at);
  })();
};

export const forgetNotified = ({ sql }: JournalFile, before: number): void => {
  sql<[number]>('DELETE FROM notified WHERE at < ?').run(before);
};

export const getSetting = ({ sql }: JournalFile, key: string): string | undefined =>
  sql<[string], { value: string }>('SELECT value FROM setting WHERE key = ?').get(key)?.value;

export const setSetting = ({ sql }: JournalFile, key: string, value: string | undefined): void => {
  if (value === undefined) sql<[string]>('DELETE FROM setting WHERE key = ?').run(key);
  else sql<[string, string]>('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(key, value);
};

/** The alert became active anew: people must be told again. */
export const renewNotification = ({ database, sql }: JournalFile, alertIds: readonly string[]): void => {
  if (alertIds.length === 0) return;
  const remove = sql<[string]>('DELETE FROM notified WHERE alert_id = ?');
  database.transaction(() => {
    for (const alertId of alertIds) remove.run(alertId);
  })();
};
