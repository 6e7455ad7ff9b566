import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import pg from 'pg';
import type { SharedRows } from '../../main/passes/ports.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { expectedRecord } from '../shared/recording.ts';
import { until } from '../shared/until.ts';
import { storedRecording } from './postgres-recording.ts';
import {
  actBy,
  recordingReplica,
  register,
  type RecordingReplica,
  settingsOf,
  startWorkstation,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let replica: RecordingReplica;
const started: Workstation[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());
beforeEach(async () => {
  database = await postgres.fresh();
  replica = recordingReplica();
  return async () => {
    await Promise.all(started.splice(0).map((each) => each.record.stop()));
  };
});

function workstation(name: string, own?: RecordingReplica): Workstation {
  const created = startWorkstation({ name, settings: settingsOf(database), replica: own });
  started.push(created);
  return created;
}

const caughtUp = (one: Workstation): Promise<void> =>
  until(
    () => one.health()?.asOf !== undefined,
    10_000,
    () => one.log.join('\n'),
  );

const insertPass = (id: string): string => `insert into vicore.train_pass
  (id, train_number, site, site_track, track, direction, stream_id, started_at, status, threshold_version)
  values ('${id}', '6412', 'Folkestone', 'T1', 'T1', 'uk-fr', 's', now(), 'in-progress', 1)`;
const passId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('the change feed', () => {
  test('fills an empty replica with whole passes, then stores where to go on', async () => {
    await storedRecording(database.userUrl, 'rough');
    const one = workstation('WS-1', replica);
    await caughtUp(one);
    const expected = expectedRecord('rough');
    expect(replica.passIds()).toEqual(new Set(expected.passes.map((pass) => pass.id)));
    const vehicles = new Set(
      replica.applied.flatMap((rows) => rows.vehicles.map((vehicle) => `${vehicle.passId}/${vehicle.index}`)),
    );
    expect(vehicles.size).toBe(expected.passes.reduce((sum, pass) => sum + pass.vehicles.length, 0));
    const alerts = new Set(replica.applied.flatMap((rows) => rows.alerts.map((alert) => alert.id)));
    expect(alerts.size).toBe(expected.alerts.length);
    expect(replica.applied.map((rows) => rows.reset)).toEqual(replica.applied.map((_, index) => index === 0));
    expect(replica.applied.filter((rows) => rows.cursor !== 'filling')).toHaveLength(1);
    expect(replica.applied.at(-1)?.cursor).toContain('"xid"');
    expect(replica.applied.at(-1)?.streams).toMatchObject([{ streamId: 'rough', lastSeq: 4910 }]);
  }, 30_000);

  test('a change is seen well within a second, and goes on where it was after a restart', async () => {
    await storedRecording(database.userUrl, 'plain');
    await register(database.userUrl, 'ann');
    const two = workstation('WS-2', replica);
    await caughtUp(two);
    const ids = [...new Set(replica.applied.flatMap((rows) => rows.alerts.map((alert) => alert.id)))];
    const one = workstation('WS-1');
    await until(() => one.health()?.state === 'connected', 5_000);
    const delays: number[] = [];
    for (const id of ids.slice(0, 20)) {
      const before = replica.applied.length;
      const sent = performance.now();
      expect(await one.record.alerts.acknowledge(id, {}, actBy('ann'), false)).toMatchObject({
        ok: true,
      });
      const seen = (rows: SharedRows): boolean =>
        rows.alerts.some((alert) => alert.id === id && alert.acknowledgedBy === 'ann');
      await until(() => replica.applied.slice(before).some(seen), 1_000);
      delays.push(performance.now() - sent);
    }
    expect(Math.max(...delays)).toBeLessThan(1_000);
    const last = replica.applied.at(-1);
    expect(last?.alertEvents.map((event) => event.kind)).toContain('acknowledged');

    await two.record.stop();
    const known = replica.applied.length;
    await one.record.alerts.acknowledge(ids[20] ?? '', {}, actBy('ann'), false);
    const again = workstation('WS-2', replica);
    await caughtUp(again);
    const since = replica.applied.slice(known);
    expect(since.every((rows) => !rows.reset)).toBe(true);
    expect(since.flatMap((rows) => rows.alerts.map((alert) => alert.id))).toContain(ids[20]);
    expect(since.flatMap((rows) => rows.passes)).toEqual([]);
  }, 30_000);

  test('a transaction that commits late is not skipped, whatever its number (fault 20)', async () => {
    const one = workstation('WS-1', replica);
    await caughtUp(one);
    const late = new pg.Client({ connectionString: database.ownerUrl });
    await late.connect();
    await late.query('begin');
    await late.query(insertPass(passId(1)));
    await withClient(database.ownerUrl, (client) => client.query(insertPass(passId(2))));
    // What came first is not held up by what is still open.
    await until(() => replica.passIds().has(passId(2)), 2_000);
    await one.record.stop();
    await late.query('commit');
    await late.end();
    const again = workstation('WS-1', replica);
    await until(
      () => replica.passIds().has(passId(1)),
      5_000,
      () => again.log.join('\n'),
    );
    expect(replica.applied.filter((rows) => rows.reset)).toHaveLength(1);
  }, 30_000);

  test('a notification that was lost is made up for (fault 19)', async () => {
    const one = workstation('WS-1', replica);
    await caughtUp(one);
    await withClient(database.ownerUrl, async (client) => {
      // The same change without its notification.
      await client.query('begin');
      await client.query('alter table vicore.train_pass disable trigger all');
      await client.query(insertPass(passId(3)));
      await client.query(
        `insert into vicore.change (kind, ids) values ('pass', array['${passId(3)}'::uuid])`,
      );
      await client.query('alter table vicore.train_pass enable trigger all');
      await client.query('commit');
    });
    await until(() => replica.passIds().has(passId(3)), 5_000);
    expect(replica.applied.filter((rows) => rows.reset)).toHaveLength(1);
  }, 20_000);

  test('a killed connection is replaced and what happened meanwhile is brought (fault 11)', async () => {
    const one = workstation('WS-1', replica);
    await caughtUp(one);
    await withClient(database.ownerUrl, async (client) => {
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await client.query(insertPass(passId(4)));
    });
    await until(
      () => replica.passIds().has(passId(4)),
      8_000,
      () => one.log.join('\n'),
    );
    expect(replica.applied.filter((rows) => rows.reset)).toHaveLength(1);
  }, 20_000);

  test('a database restored from a backup is recognised, and the replica is filled anew (fault 21)', async () => {
    await storedRecording(database.userUrl, 'plain');
    const backup = await postgres.fresh();
    await storedRecording(backup.userUrl, 'plain');
    const one = workstation('WS-1', replica);
    await caughtUp(one);
    await withClient(database.ownerUrl, (client) => client.query(insertPass(passId(5))));
    await until(() => replica.passIds().has(passId(5)), 2_000);
    await one.record.stop();
    // The backup takes the database's name; it never had pass 5.
    await database.drop();
    await withClient(postgres.server.ownerUrl(), (client) =>
      client.query(`alter database ${backup.database} rename to ${database.database}`),
    );
    const before = replica.applied.length;
    const again = workstation('WS-1', replica);
    await caughtUp(again);
    const since = replica.applied.slice(before);
    expect(since[0]?.reset).toBe(true);
    expect(since.flatMap((rows) => rows.passes.map((pass) => pass.id))).not.toContain(passId(5));
    expect(again.log.join('\n')).toContain('another history');
  }, 30_000);

  test('one notification a transaction, with identities only', async () => {
    const heard: string[] = [];
    await withClient(database.ownerUrl, async (listener) => {
      listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
      await listener.query('listen vicore_change');
      await withClient(database.ownerUrl, async (client) => {
        await client.query('begin');
        for (let number = 10; number < 15; number += 1) await client.query(insertPass(passId(number)));
        await client.query('commit');
      });
      await until(() => heard.length > 0, 2_000);
    });
    expect(heard).toEqual([expect.stringMatching(/^\d+$/)]);
  });
});
