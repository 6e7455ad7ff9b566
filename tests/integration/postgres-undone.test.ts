import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type pg from 'pg';
import type { Alert, AlertEvent } from '../../contract/domain.ts';
import type { Act } from '../../main/audit/act.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { storeAlerts } from '../shared/stored-alerts.ts';
import { until } from '../shared/until.ts';
import {
  actBy,
  code,
  register,
  settingsOf,
  startWorkstation,
  valueOf,
  withClient,
  type Workstation,
} from './postgres-support.ts';

/* What somebody acknowledged and took back while the database was away, when it is there again (docs/domain.md). */

let postgres: TestPostgres;
let database: FreshDatabase;
let one: Workstation;
let id: string;
let passId: string;
/** Long ago by the database's clock: the workstation's counts. */
let start: number;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = await postgres.fresh();
  for (const name of ['ann', 'bob']) await register(database.userUrl, name);
  await register(database.userUrl, 'eve', 'viewer');
  one = startWorkstation({ name: 'WS-1', settings: settingsOf(database) });
  await until(() => one.health()?.state === 'connected', 5_000);
}, 60_000);
afterAll(async () => {
  await one.record.stop();
  await postgres.end();
});
beforeEach(async () => {
  start = Date.now() - 3_600_000;
  const [stored] = await storeAlerts(database.ownerUrl, [{}]);
  ({ id, passId } = stored ?? { id: '', passId: '' });
});

const asOwner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

async function history(): Promise<string[]> {
  const rows = await asOwner<Pick<AlertEvent, 'kind' | 'actor'> & { readonly outcome: string | null }>(
    `select kind, actor, coalesce(details ->> 'outcome', details ->> 'reason') as outcome from vicore.alert_event
       where alert_id = $1 and kind <> 'raised' order by id`,
    [id],
  );
  return rows.map(({ kind, actor, outcome }) => [kind, actor, outcome].filter(Boolean).join(' '));
}

const audited = async (): Promise<string[]> =>
  (
    await asOwner<{ line: string }>(
      `select action || ' ' || actor as line from vicore.audit_log where entity_id = $1 order by id`,
      [id],
    )
  ).map(({ line }) => line);

const later = (act: Act, ms: number): Act => ({ ...act, at: act.at + ms });
const stands = ({ state, acknowledgedBy, owner }: Alert) => ({ state, acknowledgedBy, owner });
const nobodys = { state: 'active-unacknowledged', acknowledgedBy: undefined, owner: undefined };
const undone = (act: Act, undo = later(act, 30_000), comment?: string) =>
  one.record.alerts.acknowledgeUndone(id, { comment }, act, undo);

test('one that had not arrived is history in order, with what was said, and changes nothing else', async () => {
  const act = actBy('ann', start);
  for (const _ of ['sent', 'sent again, its answer lost']) {
    const alert = valueOf(await undone(act, undefined, 'wrong line'));
    expect({ ...stands(alert), comment: alert.comment }).toEqual({ ...nobodys, comment: 'wrong line' });
  }
  expect(await history()).toEqual(['acknowledged-late ann undone', 'acknowledgement-undone ann']);
  expect(await audited()).toEqual(['alert.acknowledge ann', 'alert.undo ann']);
  expect(await asOwner('select * from vicore.verify_audit()')).toEqual([]);
});

test('what somebody else did meanwhile stands, whichever was earlier', async () => {
  valueOf(await one.record.alerts.acknowledge(id, { comment: 'mine' }, actBy('bob'), false));
  const alert = valueOf(await undone(actBy('ann', start), undefined, 'wrong line'));
  expect({ ...stands(alert), comment: alert.comment }).toEqual({
    state: 'active-acknowledged',
    acknowledgedBy: 'bob',
    owner: 'bob',
    comment: 'mine',
  });
  expect(await history()).toEqual([
    'acknowledged bob',
    'acknowledged-late ann undone',
    'acknowledgement-undone ann',
  ]);
});

test('one that had arrived is taken back, however long ago that was', async () => {
  const act = actBy('ann', start);
  valueOf(await one.record.alerts.acknowledge(id, {}, act, true));
  await asOwner('alter table vicore.alert_event disable trigger append_only');
  await asOwner(`update vicore.alert_event set recorded_at = now() - interval '1 hour' where alert_id = $1`, [
    id,
  ]);
  await asOwner('alter table vicore.alert_event enable trigger append_only');
  expect(stands(valueOf(await undone(act)))).toEqual(nobodys);
  expect(stands(valueOf(await undone(act)))).toEqual(nobodys);
  expect(await history()).toEqual(['acknowledged ann', 'acknowledgement-undone ann']);
});

test('one that had arrived and closed the alert opens it again', async () => {
  await asOwner(`update vicore.alert set state = 'cleared-unacknowledged', present = false where id = $1`, [
    id,
  ]);
  const act = actBy('ann', start);
  expect(valueOf(await one.record.alerts.acknowledge(id, {}, act, true)).state).toBe('closed');
  expect(valueOf(await undone(act)).state).toBe('cleared-unacknowledged');
});

test('one that had taken the place of somebody’s later one gives it back', async () => {
  const theirs = actBy('bob', start + 1_000);
  valueOf(await one.record.alerts.acknowledge(id, {}, theirs, false));
  const act = actBy('ann', start);
  expect(valueOf(await one.record.alerts.acknowledge(id, {}, act, true)).acknowledgedBy).toBe('ann');
  const alert = valueOf(await undone(act));
  expect({ ...stands(alert), acknowledgedAt: alert.acknowledgedAt }).toEqual({
    state: 'active-acknowledged',
    acknowledgedBy: 'bob',
    owner: 'bob',
    acknowledgedAt: theirs.at,
  });
});

test('one that had arrived, and that somebody has built on, stands; the attempt is on record, once', async () => {
  const act = actBy('ann', start);
  valueOf(await one.record.alerts.acknowledge(id, {}, act, true));
  valueOf(await one.record.alerts.handOver(id, 'bob', undefined, actBy('bob')));
  expect(await undone(act)).toMatchObject({
    ok: false,
    error: { code: 'conflict', details: { reason: 'changed-since', by: 'bob' } },
  });
  expect(stands(valueOf(await undone(act)))).toMatchObject({ acknowledgedBy: 'ann', owner: 'bob' });
  expect(await history()).toEqual(['acknowledged ann', 'handed-over bob', 'undo-refused ann changed-since']);
  expect((await audited()).at(-1)).toBe('alert.undo-refused ann');
});

test('one whose pass was confirmed since stands', async () => {
  const act = actBy('ann', start);
  valueOf(await one.record.alerts.acknowledge(id, {}, act, true));
  valueOf(await one.record.passes.confirm(passId, undefined, actBy('bob')));
  expect(await undone(act)).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

test('one that was raised again since is nobody’s already', async () => {
  const act = actBy('ann', start);
  valueOf(await one.record.alerts.acknowledge(id, {}, act, true));
  await asOwner(
    `update vicore.alert set state = 'active-unacknowledged', acknowledged_by = null, acknowledged_at = null,
       owner = null where id = $1`,
    [id],
  );
  await asOwner(
    `insert into vicore.alert_event (alert_id, at, actor, workstation, kind) values ($1, now(), 'analysis', 'W', 'returned')`,
    [id],
  );
  expect(stands(valueOf(await undone(act)))).toEqual(nobodys);
  expect((await history()).at(-1)).toBe('acknowledgement-undone ann');
});

test('is of one person, within 30 s, of an alert that is there', async () => {
  const act = actBy('ann', start);
  expect(code(await undone(act, later(actBy('bob', start), 5)))).toBe('invalid-input');
  expect(code(await undone(act, later(act, 30_001)))).toBe('invalid-input');
  expect(code(await undone(actBy('eve', start)))).toBe('forbidden');
  const unknown = '00000000-0000-4000-8000-000000000000';
  expect(code(await one.record.alerts.acknowledgeUndone(unknown, {}, act, later(act, 5)))).toBe('not-found');
  expect(await history()).toEqual([]);
});
