import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { Alert } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { AlertTransition } from '../../main/alerts/transition.ts';
import { storeOutcome } from '../../main/postgres/record-store.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { storeAlerts, type StoredAlertOptions } from '../shared/stored-alerts.ts';
import { until } from '../shared/until.ts';
import {
  actBy,
  register,
  settingsOf,
  startWorkstation,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let one: Workstation;

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  for (const name of ['ann', 'bob']) await register(database.userUrl, name);
  for (const name of ['sue', 'tom']) await register(database.userUrl, name, 'supervisor');
  await register(database.userUrl, 'vera', 'viewer');
  one = startWorkstation({ name: 'WS-1', settings: settingsOf(database) });
  await until(() => one.health()?.state === 'connected', 5_000);
  return async () => {
    await one.record.stop();
    await database.drop();
  };
}, 30_000);

const asOwner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const detailsOf = (result: Result<unknown>): unknown => (result.ok ? 'ok' : result.error.details);

async function stored(options: StoredAlertOptions = {}): Promise<{ id: string; passId: string }> {
  const [alert] = await storeAlerts(database.ownerUrl, [options]);
  if (!alert) throw new Error('no alert was stored');
  return alert;
}

const lastEvent = async (id: string): Promise<unknown> =>
  (
    await asOwner(
      'select kind, actor, details from vicore.alert_event where alert_id = $1 order by id desc limit 1',
      [id],
    )
  )[0];

const audited = async (id: string): Promise<string[]> =>
  (
    await asOwner<{ line: string }>(
      `select action || ' ' || actor as line from vicore.audit_log where entity_id = $1 order by id`,
      [id],
    )
  ).map(({ line }) => line);

/** As if the database's clock were so much further. */
const earlier = (id: string, column: string, interval: string): Promise<unknown> =>
  asOwner(`update vicore.alert set ${column} = ${column} - $2::interval where id = $1`, [id, interval]);

describe('an acknowledgement', () => {
  test('makes an owner, and is taken back within 30 s by the same person', async () => {
    const { id } = await stored();
    const checklist = [
      { step: 'Call the driver', done: true },
      { step: 'Look at the <b>image</b>', done: false },
    ];
    const taken = await one.record.alerts.acknowledge(
      id,
      { checklist, comment: 'on it' },
      actBy('ann'),
      false,
    );
    expect(taken).toMatchObject({
      ok: true,
      value: { owner: 'ann', acknowledgedBy: 'ann', comment: 'on it' },
    });
    expect(await lastEvent(id)).toEqual({
      kind: 'acknowledged',
      actor: 'ann',
      details: { comment: 'on it', checklist },
    });
    expect(detailsOf(await one.record.alerts.undo(id, actBy('bob')))).toMatchObject({
      reason: 'not-yours',
      by: 'ann',
      at: valueOf(taken).acknowledgedAt,
    });
    // What was said in between does no harm.
    await one.record.alerts.comment(id, 'or not', actBy('bob'));
    const undone = valueOf(await one.record.alerts.undo(id, actBy('ann')));
    expect(undone).toMatchObject({ state: 'active-unacknowledged', comment: 'or not' });
    expect([undone.owner, undone.acknowledgedBy, undone.acknowledgedAt]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await lastEvent(id)).toMatchObject({
      kind: 'acknowledgement-undone',
      details: { acknowledgedAt: valueOf(taken).acknowledgedAt },
    });
    expect(detailsOf(await one.record.alerts.undo(id, actBy('ann')))).toMatchObject({
      reason: 'not-acknowledged',
    });
    expect(await audited(id)).toEqual(['alert.acknowledge ann', 'alert.comment bob', 'alert.undo ann']);
  });

  test('of what was cleared goes back to cleared', async () => {
    const { id } = await stored({ state: 'cleared-unacknowledged' });
    expect(valueOf(await one.record.alerts.acknowledge(id, {}, actBy('ann'), false)).state).toBe('closed');
    expect(valueOf(await one.record.alerts.undo(id, actBy('ann'))).state).toBe('cleared-unacknowledged');
  });

  test('stays after 30 s of the database’s clock, whatever the workstation’s says', async () => {
    const { id } = await stored();
    await one.record.alerts.acknowledge(id, {}, actBy('ann', Date.now() + 3_600_000), false);
    await asOwner(
      `alter table vicore.alert_event disable trigger user;
       update vicore.alert_event set recorded_at = recorded_at - interval '31 seconds';
       alter table vicore.alert_event enable trigger user`,
    );
    expect(detailsOf(await one.record.alerts.undo(id, actBy('ann', Date.now())))).toMatchObject({
      reason: 'too-late',
    });
  });

  test('stays when something was built on it: a hand-over, or the confirmed pass', async () => {
    const handed = await stored();
    await one.record.alerts.acknowledge(handed.id, {}, actBy('ann'), false);
    await one.record.alerts.handOver(handed.id, 'bob', undefined, actBy('ann'));
    expect(detailsOf(await one.record.alerts.undo(handed.id, actBy('ann')))).toMatchObject({
      reason: 'changed-since',
      by: 'ann',
    });
    // Acknowledging closed it: its history does not show that the pass was confirmed.
    const { id, passId } = await stored({ state: 'cleared-unacknowledged' });
    await one.record.alerts.acknowledge(id, {}, actBy('ann'), false);
    expect(codeOf(await one.record.passes.confirm(passId, undefined, actBy('bob')))).toBe('ok');
    expect(detailsOf(await one.record.alerts.undo(id, actBy('ann')))).toMatchObject({
      reason: 'confirmed',
      by: 'bob',
    });
    expect(await asOwner('select status from vicore.train_pass where id = $1', [passId])).toEqual([
      { status: 'confirmed' },
    ]);
  });

  test('that was undone is not made again by the same act sent once more', async () => {
    const { id } = await stored();
    const act = actBy('ann');
    await one.record.alerts.acknowledge(id, {}, act, false);
    await one.record.alerts.undo(id, actBy('ann'));
    expect(valueOf(await one.record.alerts.acknowledge(id, {}, act, true)).state).toBe(
      'active-unacknowledged',
    );
  });

  test('that was made here before the writer had heard of the alert stands', async () => {
    const { id } = await stored({ raisedAt: Date.now() });
    const soon = actBy('ann', Date.now() - 60_000);
    expect(valueOf(await one.record.alerts.acknowledge(id, {}, soon, true)).acknowledgedBy).toBe('ann');
  });

  test('of an alert that closed a moment ago is a conflict that says so', async () => {
    const { id } = await stored();
    await asOwner(`update vicore.alert set state = 'closed' where id = $1`, [id]);
    expect(await one.record.alerts.acknowledge(id, {}, actBy('ann'), false)).toMatchObject({
      ok: false,
      error: { code: 'conflict', details: { reason: 'closed', at: expect.any(Number) } },
    });
  });
});

describe('handing over', () => {
  test('to somebody, and to oneself', async () => {
    const { id } = await stored();
    await one.record.alerts.acknowledge(id, {}, actBy('ann'), false);
    const given = valueOf(await one.record.alerts.handOver(id, 'bob', 'you know it', actBy('ann')));
    expect(given).toMatchObject({ owner: 'bob', acknowledgedBy: 'ann', comment: 'you know it' });
    expect(await lastEvent(id)).toMatchObject({
      kind: 'handed-over',
      details: { from: 'ann', to: 'bob', comment: 'you know it' },
    });
    expect(valueOf(await one.record.alerts.handOver(id, undefined, undefined, actBy('ann'))).owner).toBe(
      'ann',
    );
    expect(detailsOf(await one.record.alerts.handOver(id, undefined, undefined, actBy('ann')))).toMatchObject(
      {
        reason: 'has-it-already',
      },
    );
  });

  test('only to an active operator', async () => {
    const { id } = await stored();
    await asOwner(`update vicore.app_user set active = false where subject = 'bob'`);
    for (const nobody of ['bob', 'vera', 'unknown'])
      expect(codeOf(await one.record.alerts.handOver(id, nobody, undefined, actBy('ann')))).toBe('not-found');
    const people = valueOf(await one.record.alerts.people({ limit: 10 })).items;
    expect(people.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'ann operator',
      'sue supervisor',
      'tom supervisor',
    ]);
    expect(valueOf(await one.record.alerts.people({ limit: 10, search: 'U' })).items).toEqual([
      { subject: 'sue', name: 'sue', role: 'supervisor' },
    ]);
  });
});

describe('the shelf', () => {
  test('has an end, a reason and somebody who answers for it', async () => {
    const { id } = await stored();
    const before = Date.now();
    const shelved = valueOf(await one.record.alerts.shelve(id, 1_440, 'workshop knows', actBy('sue')));
    expect(shelved).toMatchObject({ shelvedBy: 'sue', shelveReason: 'workshop knows' });
    expect(Math.abs((shelved.shelvedUntil ?? 0) - before - 86_400_000)).toBeLessThan(5_000);
    expect(detailsOf(await one.record.alerts.shelve(id, 5, 'mine', actBy('tom')))).toMatchObject({
      reason: 'shelved',
      shelvedBy: 'sue',
      shelvedUntil: shelved.shelvedUntil,
    });
    expect(valueOf(await one.record.alerts.shelve(id, 5, 'shorter', actBy('sue'))).shelveReason).toBe(
      'shorter',
    );
    // Acknowledging what is on the shelf is allowed; the shelf stays.
    expect(valueOf(await one.record.alerts.acknowledge(id, {}, actBy('ann'), false))).toMatchObject({
      state: 'active-acknowledged',
      shelvedBy: 'sue',
    });
    const back = valueOf(await one.record.alerts.unshelve(id, actBy('tom')));
    expect([back.shelvedUntil, back.shelvedBy, back.shelveReason]).toEqual([undefined, undefined, undefined]);
    expect(detailsOf(await one.record.alerts.unshelve(id, actBy('sue')))).toMatchObject({
      reason: 'not-shelved',
      by: 'tom',
    });
  });

  test.each([0, -5, 1_441, 2_000_000])('of %i minutes is refused, by the database too', async (minutes) => {
    const { id } = await stored();
    expect(codeOf(await one.record.alerts.shelve(id, minutes, 'x', actBy('sue')))).toBe('invalid-input');
    await expect(
      asOwner(`update vicore.alert set shelved_until = 'infinity', shelved_by = null where id = $1`, [id]),
    ).rejects.toThrow('check');
  });

  test('is for supervisors, and not for what is closed; a confirmed pass ends it', async () => {
    const { id, passId } = await stored();
    expect(codeOf(await one.record.alerts.shelve(id, 5, 'x', actBy('ann')))).toBe('forbidden');
    expect(codeOf(await one.record.alerts.shelve(id, 5, '  ', actBy('sue')))).toBe('invalid-input');
    await one.record.alerts.shelve(id, 5, 'x', actBy('sue'));
    expect(codeOf(await one.record.passes.confirm(passId, undefined, actBy('ann')))).toBe(
      'unacknowledged-alerts',
    );
    await one.record.alerts.acknowledge(id, {}, actBy('ann'), false);
    expect(codeOf(await one.record.passes.confirm(passId, undefined, actBy('ann')))).toBe('ok');
    expect(await asOwner('select shelved_until, state from vicore.alert where id = $1', [id])).toEqual([
      { shelved_until: null, state: 'closed' },
    ]);
    expect(detailsOf(await one.record.alerts.shelve(id, 5, 'x', actBy('sue')))).toMatchObject({
      reason: 'closed',
    });
  });

  test('ends by itself, and the alert has all its time until it escalates', async () => {
    const { id } = await stored();
    await one.record.alerts.shelve(id, 5, 'x', actBy('sue'));
    await earlier(id, 'unacknowledged_since', '1 hour');
    await earlier(id, 'shelved_until', '6 minutes');
    await until(
      async () => (await asOwner(`select from vicore.alert_event where kind = 'shelf-ended'`)).length > 0,
      5_000,
    );
    expect(
      await asOwner('select shelved_until, shelved_by, escalated_at from vicore.alert where id = $1', [id]),
    ).toEqual([{ shelved_until: null, shelved_by: null, escalated_at: null }]);
    expect(await audited(id)).toEqual(['alert.shelve sue', 'alert.unshelve system']);
  });

  test('that a clock set back left in the far future ends too', async () => {
    const { id } = await stored();
    await one.record.alerts.shelve(id, 5, 'x', actBy('sue'));
    await earlier(id, 'shelved_until', '-1 year');
    expect(await asOwner('select from vicore.alert where shelved_until > now()')).toHaveLength(1);
    await until(
      async () => (await asOwner('select from vicore.alert where shelved_until is not null')).length === 0,
      5_000,
    );
  });
});

describe('escalation', () => {
  const escalated = (): Promise<{ id: string }[]> =>
    asOwner<{ id: string }>('select id from vicore.alert where escalated_at is not null');

  test('of what is critical, active, nobody’s and not on the shelf, once, by whoever is the writer', async () => {
    const [due, warning, shelved, mine] = [
      await stored(),
      await stored({ severity: 'warning' }),
      await stored(),
      await stored(),
    ];
    await one.record.alerts.shelve(shelved.id, 5, 'x', actBy('sue'));
    await one.record.alerts.acknowledge(mine.id, {}, actBy('ann'), false);
    for (const { id } of [due, warning, shelved]) await earlier(id, 'unacknowledged_since', '61 seconds');
    await until(async () => (await escalated()).length > 0, 6_000);
    const tick = (): Promise<unknown[]> =>
      withClient(
        database.userUrl,
        async (client) => (await client.query(`select * from vicore.alert_tick(60, 'WS-9')`)).rows,
      );
    expect(await Promise.all([tick(), tick(), tick()])).toEqual(Array(3).fill([{ escalated: 0, ended: 0 }]));
    expect(await escalated()).toEqual([{ id: due.id }]);
    expect(await lastEvent(due.id)).toEqual({
      kind: 'escalated',
      actor: 'system',
      details: { afterSeconds: 60 },
    });
    expect(await audited(due.id)).toEqual(['alert.escalate system']);
  });

  test('of a flood comes for every one of them, while people acknowledge', async () => {
    const flood = await storeAlerts(
      database.ownerUrl,
      Array.from({ length: 500 }, () => ({})),
    );
    const [first] = flood;
    await asOwner(`update vicore.alert set unacknowledged_since = now() - interval '2 minutes'`);
    expect(codeOf(await one.record.alerts.acknowledge(first?.id ?? '', {}, actBy('ann'), false))).toBe('ok');
    await until(
      async () =>
        (
          await asOwner(
            `select from vicore.alert where state = 'active-unacknowledged' and escalated_at is null`,
          )
        ).length === 0,
      15_000,
    );
    const events = await asOwner(`select from vicore.alert_event where kind = 'escalated'`);
    expect(events.length).toBe((await escalated()).length);
  }, 30_000);

  test('is not in question before its time, which begins anew when the alert is raised again', async () => {
    const { id } = await stored({ severity: 'warning' });
    await earlier(id, 'unacknowledged_since', '10 minutes');
    await asOwner(`update vicore.alert set severity = 'critical' where id = $1`, [id]);
    const tick = (seconds: number): Promise<unknown[]> =>
      asOwner('select escalated from vicore.alert_tick($1, $2)', [seconds, 'WS-9']);
    expect(await tick(60)).toEqual([{ escalated: 0 }]);
    await earlier(id, 'unacknowledged_since', '61 seconds');
    expect(await tick(3_600)).toEqual([{ escalated: 0 }]);
    expect(await tick(60)).toEqual([{ escalated: 1 }]);
    // Cleared and back: a new alarm, with a new minute.
    await asOwner(`update vicore.alert set state = 'cleared-unacknowledged', present = false where id = $1`, [
      id,
    ]);
    await asOwner(`update vicore.alert set state = 'active-unacknowledged', present = true where id = $1`, [
      id,
    ]);
    expect(await escalated()).toEqual([]);
  });

  test('a rise in severity takes the alert off the shelf', async () => {
    const { id } = await stored({ severity: 'warning' });
    await one.record.alerts.shelve(id, 5, 'x', actBy('sue'));
    await asOwner(`update vicore.alert set severity = 'critical' where id = $1`, [id]);
    expect(await asOwner('select from vicore.alert where shelved_until is not null')).toEqual([]);
  });
});

describe('an alert that comes and goes within one batch', () => {
  /** Brings one alert through these changes in one transaction, as the writer does. */
  const change = (id: string, passId: string, kinds: readonly AlertTransition['kind'][]): Promise<void> =>
    withClient(database.userUrl, async (client) => {
      const at = Date.now();
      const condition = { alertId: id, passId, vehicleIndex: 1, position: '1La', rule: 'height' } as const;
      const transitions = kinds.map((kind, seq) => ({
        ...condition,
        severity: 'critical' as const,
        present: kind !== 'cleared',
        kind,
        streamId: 'stream',
        seq,
        at,
        receivedAt: at,
      }));
      await client.query('begin');
      const nothing = { streams: [], passes: [], vehicles: [], rejections: [], notes: [] };
      await storeOutcome(client, { ...nothing, transitions }, 'WS-1');
      await client.query('commit');
    });

  const row = async (id: string): Promise<unknown> =>
    (
      await asOwner(
        'select state, acknowledged_by, owner, escalated_at, shelved_by from vicore.alert where id = $1',
        [id],
      )
    )[0];

  test('has no owner any more, whether it is there or gone at the end', async () => {
    const [here, gone] = [await stored(), await stored()];
    for (const { id } of [here, gone]) {
      await one.record.alerts.shelve(id, 5, 'x', actBy('sue'));
      await one.record.alerts.acknowledge(id, {}, actBy('ann'), false);
    }
    await change(here.id, here.passId, ['cleared', 'returned']);
    await change(gone.id, gone.passId, ['cleared', 'returned', 'cleared']);
    const nobody = { acknowledged_by: null, owner: null, escalated_at: null, shelved_by: null };
    expect(await row(here.id)).toEqual({ state: 'active-unacknowledged', ...nobody });
    expect(await row(gone.id)).toEqual({ state: 'cleared-unacknowledged', ...nobody });
  });

  test('has all its time until it escalates; one that only changed its value has not', async () => {
    const { id, passId } = await stored();
    await earlier(id, 'unacknowledged_since', '59 seconds');
    const waits = async (): Promise<boolean> =>
      (await asOwner(`select from vicore.alert where unacknowledged_since > now() - interval '50 seconds'`))
        .length > 0;
    await change(id, passId, ['returned']);
    expect(await waits()).toBe(false);
    await change(id, passId, ['cleared', 'returned']);
    expect(await waits()).toBe(true);
  });
});

test('a verdict is corrected and both stay in the history', async () => {
  const { id } = await stored({ state: 'cleared-unacknowledged' });
  expect(codeOf(await one.record.alerts.verdict(id, 'true', undefined, actBy('ann')))).toBe('forbidden');
  expect(valueOf(await one.record.alerts.verdict(id, 'true', undefined, actBy('sue'))).verdict).toBe('true');
  const corrected = await one.record.alerts.verdict(id, 'not-found', 'wrong vehicle', actBy('tom'));
  expect(corrected).toMatchObject({ ok: true, value: { verdict: 'not-found', comment: 'wrong vehicle' } });
  expect(
    await asOwner(`select actor, details from vicore.alert_event where kind = 'verdict' order by id`),
  ).toEqual([
    { actor: 'sue', details: { verdict: 'true' } },
    { actor: 'tom', details: { verdict: 'not-found', before: 'true', comment: 'wrong vehicle' } },
  ]);
});

describe('what people write', () => {
  const rough = [
    'x'.repeat(2_000),
    '<img src=x onerror=alert(1)><script>alert(1)</script>',
    '\u202Eabc\u202C \u2066def\u2069 עברית',
    `tab\tline\nbell\u0007 escape\u001B[31m`,
    `'; drop table vicore.alert; --`,
    '\u{1F682}\u0301',
  ];

  test.each(rough)('is kept as it is: %j', async (text) => {
    const { id } = await stored();
    const read = async (): Promise<unknown> =>
      (await asOwner<Alert>('select comment from vicore.alert'))[0]?.comment;
    expect(valueOf(await one.record.alerts.comment(id, text, actBy('ann'))).comment).toBe(text);
    expect(await read()).toBe(text);
    expect(
      valueOf(await one.record.alerts.shelve(id, 5, text.slice(0, 500), actBy('sue'))).shelveReason,
    ).toBe(text.slice(0, 500));
  });

  test('is shown with its NUL and half a character replaced, and refused when it is too long', async () => {
    const { id } = await stored();
    expect(valueOf(await one.record.alerts.comment(id, 'a\u0000b\uD800', actBy('ann'))).comment).toBe(
      'a\u2400b\uFFFD',
    );
    const long = 'x'.repeat(10_000);
    for (const result of [
      await one.record.alerts.comment(id, long, actBy('ann')),
      await one.record.alerts.acknowledge(id, { comment: long }, actBy('ann'), false),
      await one.record.alerts.handOver(id, undefined, long, actBy('ann')),
      await one.record.alerts.verdict(id, 'true', long, actBy('sue')),
      await one.record.alerts.shelve(id, 5, long, actBy('sue')),
      await one.record.alerts.acknowledge(
        id,
        { checklist: Array.from({ length: 21 }, () => ({ step: 's', done: true })) },
        actBy('ann'),
        false,
      ),
    ])
      expect(codeOf(result)).toBe('invalid-input');
    expect(await audited(id)).toEqual(['alert.comment ann']);
  });
});
