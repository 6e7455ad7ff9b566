import type { KeptAct, Remark } from '../alerts/ports.ts';
import type { Act } from '../audit/act.ts';
import type { JournalFile } from './journal-file.ts';

interface ActRow {
  readonly id: number;
  readonly alert_id: string;
  readonly comment: string | null;
  readonly act: string;
}

const toAct = (row: ActRow): KeptAct => {
  const { checklist, undo, ...act } = JSON.parse(row.act) as Omit<Act, 'subject'> &
    Pick<Remark, 'checklist'> &
    Pick<KeptAct, 'undo'>;
  return {
    id: row.id,
    alertId: row.alert_id,
    remark: { comment: row.comment ?? undefined, checklist },
    // Kept before people signed in: nobody's.
    act: { subject: '', ...act },
    undo,
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

/** As durable as the act itself: both are sent as one. */
export const keepUndo = ({ sql }: JournalFile, id: number, undo: Act): void => {
  sql<[string, number]>(`UPDATE act SET act = json_set(act, '$.undo', json(?)) WHERE id = ?`).run(
    JSON.stringify(undo),
    id,
  );
};

export const pendingActs = ({ sql }: JournalFile): KeptAct[] =>
  sql<[], ActRow>('SELECT * FROM act ORDER BY id').all().map(toAct);

export const pendingActsOf = ({ sql }: JournalFile, alertId: string): KeptAct[] =>
  sql<[string], ActRow>('SELECT * FROM act WHERE alert_id = ? ORDER BY id').all(alertId).map(toAct);

export const removeAct = ({ sql }: JournalFile, id: number): void => {
  sql<[number]>('DELETE FROM act WHERE id = ?').run(id);
};

/** False: it was taken back since, and stays. */
export const removeUnlessUndone = ({ sql }: JournalFile, id: number): boolean => {
  sql<[number]>(`DELETE FROM act WHERE id = ? AND json_extract(act, '$.undo') IS NULL`).run(id);
  return sql<[number], { id: number }>('SELECT id FROM act WHERE id = ?').get(id) === undefined;
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
