import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import pg from 'pg';
import type { JournalEntry } from '../../main/passes/events.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { expectedRecord, recordedEntries } from '../shared/recording.ts';
import { sharedRecord } from '../shared/shared-record.ts';
import { until } from '../shared/until.ts';
import { memoryJournal, settingsOf, startWorkstation, withClient } from './postgres-support.ts';
import type { Workstation } from './postgres-support.ts';

/* Others at the same rows, and too many of them: a real second connection in the way of a real writer. */

let postgres: TestPostgres;
let database: FreshDatabase;
let owner: pg.Client;
const started: Workstation[] = [];
const entries = recordedEntries('plain');
/** The first passes are stored, then somebody comes into the way of the rest. */
const half = 600;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.end());
beforeEach(async () => {
  database = await postgres.fresh();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  return async () => {
    await Promise.all(started.splice(0).map((each) => each.record.stop()));
    await owner.query(
      `alter role ${database.user} connection limit -1; alter role ${database.user} reset all`,
    );
    await owner.end();
  };
});

const said = (): string =>
  started.map(({ log, health }) => [...log, JSON.stringify(health())].join('\n')).join('\n');
function workstation(initial: readonly JournalEntry[]): Workstation {
  const one = startWorkstation({
    name: 'WS-1',
    settings: settingsOf(database),
    journal: memoryJournal(initial),
  });
  started.push(one);
  return one;
}
const empty = (one: Workstation) => until(() => one.journal.size() === 0, 20_000, said);
/** The writer waits for a lock that somebody else has. */
const writerWaits = () =>
  until(
    async () => {
      const { rows } = await owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
           and application_name like 'vicore drain %'`,
      );
      return rows.length > 0;
    },
    10_000,
    said,
  );
const retries = (one: Workstation): readonly string[] =>
  one.log.filter((line) => line.startsWith('storing is tried again'));
async function expectExact(): Promise<void> {
  expect(await withClient(database.ownerUrl, sharedRecord)).toEqual(expectedRecord('plain'));
  const twice = await owner.query(
    `select from vicore.alert_event where kind = 'raised' group by alert_id having count(*) > 1`,
  );
  expect(twice.rows).toEqual([]);
}
async function intoTheWay(one: Workstation, way: (other: pg.Client) => Promise<void>): Promise<void> {
  await empty(one);
  await withClient(database.ownerUrl, way);
  await empty(one);
}
async function theRest(one: Workstation): Promise<void> {
  await one.journal.append(entries.slice(half));
  one.record.wake();
}

describe('somebody else at the same rows (fault 15)', () => {
  test('a deadlock: the batch is tried again, the writer stays, everything is stored once', async () => {
    // Whoever finds the circle gives way: that shall be the writer, and the test has two seconds to close the circle.
    await owner.query(`alter role ${database.user} set deadlock_timeout = '2s'`);
    const one = workstation(entries.slice(0, half));
    await intoTheWay(one, async (other) => {
      await other.query(`set deadlock_timeout = '1min'`);
      await other.query('begin');
      // Taken by the writer last: the newest pass, which the rest of the recording goes on with.
      await other.query('select from vicore.train_pass order by started_at desc limit 1 for update');
      await theRest(one);
      await writerWaits();
      // Taken by the writer first, and held by it now.
      await other.query('select from vicore.stream_position for update');
      await other.query('rollback');
    });
    expect(retries(one).join('\n')).toContain('deadlock detected');
    expect(one.log.filter((line) => line.startsWith('writer'))).toHaveLength(1);
    await expectExact();
  });

  test('a serialization failure: the same', async () => {
    // As an administrator may set it for everybody: then PostgreSQL refuses what others changed meanwhile.
    await owner.query(`alter role ${database.user} set default_transaction_isolation = 'repeatable read'`);
    const one = workstation(entries.slice(0, half));
    await intoTheWay(one, async (other) => {
      await other.query('begin');
      await other.query('update vicore.stream_position set updated_at = updated_at');
      await theRest(one);
      await writerWaits();
      await other.query('commit');
    });
    expect(retries(one).join('\n')).toContain('could not serialize access due to concurrent update');
    expect(one.log.filter((line) => line.startsWith('writer'))).toHaveLength(1);
    await expectExact();
  });
});

describe('too many connections (fault 17)', () => {
  const limit = (connections: number) =>
    owner.query(`alter role ${database.user} connection limit ${connections}`);
  const refused = 'the database has no connection left (53300)';

  test('none for us: it is said, tried again with pauses, and comes back by itself', async () => {
    await limit(0);
    const one = workstation(entries);
    await until(() => one.health()?.state === 'away', 10_000, said);
    expect(one.health()?.reason).toContain(refused);
    // Each attempt says when the next one is.
    const attempts = new Set<number>();
    await until(
      () => {
        const at = one.health()?.nextRetryAt;
        if (at !== undefined) attempts.add(at);
        return attempts.size >= 4;
      },
      20_000,
      said,
    );
    expect(one.journal.size()).toBe(entries.length);
    await limit(-1);
    await empty(one);
    expect(one.health()?.state).toBe('connected');
    await expectExact();
  });

  test('one for us: that is the one that carries what people do; the writer waits for its own', async () => {
    await limit(1);
    const one = workstation(entries);
    await until(() => one.health()?.state === 'connected', 10_000, said);
    await until(() => retries(one).length >= 2, 20_000, said);
    expect(retries(one).join('\n')).toContain(refused);
    expect(one.health()?.state).toBe('connected');
    expect(await one.record.streamPositions()).toEqual(new Map());
    await limit(-1);
    await empty(one);
    expect(one.log.join('\n')).not.toContain('"state":"away"');
    await expectExact();
  });
});
