import { createServer, type Server, Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../main/passes/events.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { expectedRecord, recordedEntries } from '../shared/recording.ts';
import { sharedRecord } from '../shared/shared-record.ts';
import { until } from '../shared/until.ts';
import { storeEntries } from './postgres-recording.ts';
import {
  actBy,
  memoryJournal,
  settingsOf,
  startWorkstation,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
const started: Workstation[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());
beforeEach(async () => {
  await postgres.server.start();
  database = await postgres.fresh();
  return async () => {
    await Promise.all(started.splice(0).map((each) => each.record.stop()));
  };
});

function workstation(name: string, entries: readonly JournalEntry[], hosts?: readonly string[]): Workstation {
  const settings = settingsOf(database, hosts);
  const created = startWorkstation({ name, settings, journal: memoryJournal(entries) });
  started.push(created);
  return created;
}

const recordNow = () => withClient(database.ownerUrl, sharedRecord);
const position = () =>
  withClient(database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ seq: number }>(
      'select coalesce(max(last_seq), 0)::int as seq from vicore.stream_position',
    );
    return rows[0]?.seq ?? 0;
  });
/** How often something happened to an alert: twice the same would show here. */
const eventCount = () =>
  withClient(database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from vicore.alert_event',
    );
    return rows[0]?.count ?? 0;
  });

async function cleanEventCount(): Promise<number> {
  const other = await postgres.fresh();
  await storeEntries(other.userUrl, recordedEntries('rough'));
  return withClient(other.ownerUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from vicore.alert_event',
    );
    return rows[0]?.count ?? 0;
  });
}

describe('the writer', () => {
  test('the same journal again and again, in other portions, changes nothing', async () => {
    const entries = recordedEntries('rough');
    await storeEntries(database.userUrl, entries, 500);
    const events = await eventCount();
    await storeEntries(database.userUrl, entries, 333);
    await storeEntries(database.userUrl, entries.slice(1000), 2_000, 'WS-2');
    expect(await recordNow()).toEqual(expectedRecord('rough'));
    expect(await eventCount()).toBe(events);
  }, 30_000);

  test('two writers at once store everything once (fault 25)', async () => {
    const entries = recordedEntries('rough');
    await Promise.all([
      storeEntries(database.userUrl, entries, 37, 'WS-1'),
      storeEntries(database.userUrl, entries, 53, 'WS-2'),
      storeEntries(database.userUrl, entries, 211, 'WS-3'),
    ]);
    expect(await recordNow()).toEqual(expectedRecord('rough'));
    expect(await eventCount()).toBe(await cleanEventCount());
  }, 60_000);

  test('a backend killed in the middle is replaced, nothing twice (faults 2 and 11)', async () => {
    const one = workstation('WS-1', recordedEntries('rough'));
    let kills = 0;
    await withClient(database.ownerUrl, async (client) => {
      while (one.journal.size() > 0 && kills < 4) {
        const before = await position();
        await until(
          async () => (await position()) > before || one.journal.size() === 0,
          15_000,
          () => one.log.join('\n'),
        );
        await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and application_name like 'vicore drain%'`,
        );
        kills += 1;
      }
    });
    await until(
      () => one.journal.size() === 0,
      30_000,
      () => one.log.join('\n'),
    );
    expect(kills).toBeGreaterThan(1);
    expect(await recordNow()).toEqual(expectedRecord('rough'));
    expect(await eventCount()).toBe(await cleanEventCount());
  }, 90_000);

  test('the database crashes in the middle of a batch and comes back (fault 2)', async () => {
    const one = workstation('WS-1', recordedEntries('rough'));
    await until(async () => (await position()) > 0, 15_000);
    await postgres.server.stop('immediate');
    await until(() => one.health()?.state === 'away', 12_000);
    await postgres.server.start();
    await until(
      () => one.journal.size() === 0,
      40_000,
      () => one.log.join('\n'),
    );
    expect(await recordNow()).toEqual(expectedRecord('rough'));
  }, 90_000);

  test('a database that is away at the start is found when it comes (fault 1)', async () => {
    await postgres.server.stop();
    const one = workstation('WS-1', recordedEntries('plain'));
    await until(() => one.health()?.state === 'away', 5_000);
    expect(one.health()?.reason).toContain('nothing listens there');
    expect(one.health()?.nextRetryAt).toBeGreaterThan(Date.now() - 5_000);
    await postgres.server.start();
    await until(
      () => one.journal.size() === 0,
      30_000,
      () => one.log.join('\n'),
    );
    expect(await recordNow()).toEqual(expectedRecord('plain'));
  }, 60_000);

  test('another takes over within 5 s when it goes; everybody knows who writes', async () => {
    const one = workstation('WS-1', recordedEntries('plain'));
    await until(
      () => one.journal.size() === 0,
      20_000,
      () => one.log.join('\n'),
    );
    const two = workstation('WS-2', recordedEntries('plain'));
    await until(() => two.health()?.writer === 'WS-1', 5_000);
    const gone = performance.now();
    await one.record.stop();
    await until(
      () => two.health()?.writer === 'WS-2',
      5_000,
      () => two.log.join('\n'),
    );
    expect(performance.now() - gone).toBeLessThan(5_000);
  }, 60_000);

  test('a workstation that does not write shortens its journal by what is stored', async () => {
    const one = workstation('WS-1', recordedEntries('plain'));
    await until(
      () => one.journal.size() === 0,
      20_000,
      () => one.log.join('\n'),
    );
    const two = workstation('WS-2', recordedEntries('plain'));
    await until(
      () => two.journal.size() === 0,
      10_000,
      () => two.log.join('\n'),
    );
    expect(two.log.join('\n')).not.toContain('writer elected');
  }, 60_000);

  test('a writer without cameras gives way to one that has entries', async () => {
    const blind = workstation('WS-1', []);
    await until(() => blind.health()?.writer === 'WS-1', 8_000);
    const seeing = workstation('WS-2', recordedEntries('plain'));
    await until(
      () => seeing.journal.size() === 0,
      20_000,
      () => seeing.log.join('\n'),
    );
    expect(await recordNow()).toEqual(expectedRecord('plain'));
  }, 60_000);

  test('one entry that cannot be stored is set aside with its reason, the others are stored (fault 24)', async () => {
    // A database that refuses one vehicle stands for whatever we did not think of.
    await withClient(database.ownerUrl, (client) =>
      client.query(
        `alter table vicore.vehicle_record add check (index <> 7 or vehicle_number <> '9870 1007' or axles = 0)`,
      ),
    );
    const one = workstation('WS-1', recordedEntries('plain').slice(0, 200));
    await until(
      () => one.journal.size() === 0,
      30_000,
      () => one.log.join('\n'),
    );
    const rejected = await withClient(database.ownerUrl, (client) =>
      client.query<{ reason: string }>('select distinct reason from vicore.rejected_message'),
    );
    expect(rejected.rows.map((row) => row.reason).join()).toMatch(/could not be stored.*check constraint/);
    const vehicles = await withClient(database.ownerUrl, (client) =>
      client.query<{ count: number }>('select count(*)::int as count from vicore.vehicle_record'),
    );
    expect(vehicles.rows[0]?.count).toBeGreaterThan(40);
    expect(await position()).toBe(199);
  }, 60_000);
});

describe('the link', () => {
  /** Forwards to PostgreSQL until told to be silent, keeping the connections open. */
  async function proxy(): Promise<{
    address: string;
    silence(): void;
    server: Server;
    sockets: Set<Socket>;
  }> {
    const sockets = new Set<Socket>();
    let silent = false;
    const server = createServer((socket) => {
      sockets.add(socket);
      // Resets are what a network does.
      socket.on('error', () => undefined);
      if (silent) return;
      const upstream = connectTo(postgres.server.port, sockets);
      socket.on('data', (chunk) => {
        if (!silent) upstream.write(chunk);
      });
      upstream.on('data', (chunk) => {
        if (!silent) socket.write(chunk);
      });
      upstream.on('close', () => {
        if (!silent) socket.destroy();
      });
      socket.on('close', () => upstream.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return {
      address: `127.0.0.1:${address.port}`,
      silence: () => {
        silent = true;
      },
      server,
      sockets,
    };
  }

  function connectTo(port: number, sockets: Set<Socket>): Socket {
    const upstream = new Socket();
    upstream.on('error', () => undefined);
    upstream.connect(port, '127.0.0.1');
    sockets.add(upstream);
    return upstream;
  }

  test('a silent death is noticed within 12 s, and the next host is taken (faults 3 and 4)', async () => {
    const first = await proxy();
    const one = workstation('WS-1', [], [first.address, `127.0.0.1:${postgres.server.port}`]);
    await until(() => one.health()?.state === 'connected', 5_000);
    expect(one.health()?.host).toBe(first.address);
    const silentSince = performance.now();
    first.silence();
    await until(
      () => one.health()?.host !== first.address,
      12_000,
      () => one.log.join('\n'),
    );
    expect(performance.now() - silentSince).toBeLessThan(12_000);
    await until(
      () => one.health()?.state === 'connected',
      8_000,
      () => JSON.stringify(one.health()),
    );
    for (const socket of first.sockets) socket.destroy();
    first.server.close();
  }, 40_000);

  test('a read-only host is passed over, and recognised where it is the only one (faults 12, 13 and 18)', async () => {
    await withClient(database.ownerUrl, (client) =>
      client.query(`alter database ${database.database} set default_transaction_read_only = on`),
    );
    const one = workstation('WS-1', []);
    await until(() => one.health()?.state === 'read-only', 5_000);
    const id = '00000000-0000-4000-8000-000000000000';
    const refused = await one.record.alerts.acknowledge(id, {}, actBy('ann'), false);
    expect(refused).toMatchObject({ ok: false, error: { code: 'read-only' } });
  }, 20_000);

  test.each([
    ['older', 'delete from vicore.schema_version where version > 2', 'schema-older'],
    [
      'newer',
      `insert into vicore.schema_version (version, name, checksum) values (99, 'x', 'x')`,
      'schema-newer',
    ],
    ['absent', 'drop table vicore.schema_version', 'schema-older'],
  ])(
    'a schema that is %s leaves the workstation read-only, and says so (fault 22)',
    async (_, change, state) => {
      await withClient(database.ownerUrl, (client) => client.query(change));
      const one = workstation('WS-1', recordedEntries('plain').slice(0, 100));
      await until(() => one.health()?.state === state, 5_000);
      expect(one.health()?.reason).toContain('schema version');
      expect(one.journal.size()).toBe(100);
    },
  );

  test('TLS that the server does not offer is refused with a clear message (fault 8)', async () => {
    const settings = { ...settingsOf(database), tls: 'verify-full' as const };
    const one = startWorkstation({ name: 'WS-1', settings });
    started.push(one);
    await until(() => one.health()?.state === 'away', 5_000);
    expect(one.health()?.reason).toContain('does not offer TLS');
  });
});
