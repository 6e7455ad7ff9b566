import dns from 'node:dns';
import { once } from 'node:events';
import { chown, stat, writeFile } from 'node:fs/promises';
import { createServer as createTlsServer } from 'node:https';
import type { LookupFunction } from 'node:net';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StreamHealth } from '../../contract/domain.ts';
import { createCameraClient } from '../../main/camera/client.ts';
import type { CameraClient } from '../../main/camera/client.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { cameraToken, startCameraServer } from '../shared/camera-server.ts';
import { createAuthority } from '../shared/certificates.ts';
import type { Certificate } from '../shared/certificates.ts';
import { startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { startProxy } from '../shared/proxy.ts';
import type { Proxy } from '../shared/proxy.ts';
import { until } from '../shared/until.ts';
import { settingsOf, startWorkstation, withClient } from './postgres-support.ts';
import type { Workstation } from './postgres-support.ts';

/* Names, certificates and peers that say nothing: of the database and of the camera systems. */

let postgres: TestPostgres;
let database: FreshDatabase;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.end());
beforeEach(async () => {
  database = await postgres.fresh();
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  vi.restoreAllMocks();
});

function workstation(hosts: readonly string[], tlsMode: 'disable' | 'verify-full' = 'disable'): Workstation {
  const settings = { ...settingsOf(database, hosts), tls: tlsMode };
  const started = startWorkstation({ name: 'WS-1', settings });
  closers.push(() => started.record.stop());
  return started;
}
const reasonOf = (one: Workstation) => one.health()?.reason ?? '';

interface Followed {
  readonly client: CameraClient;
  readonly reasons: ReadonlySet<string>;
}
function follow(url: string, timings: { handshake?: number; dead?: number; ping?: number } = {}): Followed {
  const reasons = new Set<string>();
  const client = createCameraClient({
    stream: { url, token: cameraToken },
    resumeFrom: () => Promise.resolve(undefined),
    deliver: () => Promise.resolve(),
    onHealth: ({ link, reason }: StreamHealth) => reasons.add(`${link}: ${reason ?? ''}`),
    timings: { backoffLeast: 20, backoffMost: 60, ...timings },
  });
  closers.push(() => client.stop());
  client.start();
  return { client, reasons };
}

describe('a peer that says nothing (fault 4)', () => {
  /** Accepts, reads, and never answers. */
  async function silence(): Promise<{ readonly port: number; readonly accepted: () => number }> {
    const sockets = new Set<Socket>();
    let accepted = 0;
    const server = createServer((socket) => {
      accepted += 1;
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.resume();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { port: address.port, accepted: () => accepted };
  }

  test('in place of a camera system is given up after the limit, said, and tried again', async () => {
    const mute = await silence();
    const { client, reasons } = follow(`ws://127.0.0.1:${mute.port}/stream`, { handshake: 150 });
    await until(() => mute.accepted() >= 3, 10_000);
    expect([...reasons]).toContain('down: Opening handshake has timed out');
    expect(client.health()).toMatchObject({ link: 'down', lag: 0 });
  });

  test('after the handshake is a silent stream, and never a live one', async () => {
    const server = await startCameraServer({ hello: () => undefined });
    closers.push(() => server.close());
    const { reasons } = follow(server.url, { ping: 50, dead: 200 });
    await until(() => server.connections.length >= 3, 10_000);
    expect([...reasons].map((reason) => reason.split(':')[0])).toContain('silent');
    expect([...reasons].filter((reason) => reason.startsWith('live'))).toEqual([]);
  });

  test('in place of the database is given up after the limit, and the next host is taken', async () => {
    const mute = await silence();
    const one = workstation([`127.0.0.1:${mute.port}`, `127.0.0.1:${postgres.server.port}`]);
    await until(
      () => one.health()?.state === 'connected',
      15_000,
      () => JSON.stringify(one.health()),
    );
    expect(one.health()?.host).toBe(`127.0.0.1:${postgres.server.port}`);
    expect(mute.accepted()).toBe(1);
  });
});

describe('names (fault 7)', () => {
  const databaseName = 'database.vicore.test';
  const cameraName = 'cameras.vicore.test';
  /** A second address of this machine. */
  const elsewhere = process.platform === 'darwin' ? '::1' : '127.0.0.2';

  /** Our two names are what the map says at that moment; counts how often each was asked for. */
  function resolveBy(addresses: Map<string, string>): Map<string, number> {
    const asked = new Map<string, number>();
    const real: LookupFunction = dns.lookup;
    const answer: LookupFunction = (name, options, callback) => {
      if (name !== databaseName && name !== cameraName) return real(name, options, callback);
      asked.set(name, (asked.get(name) ?? 0) + 1);
      const address = addresses.get(name);
      const family = address?.includes(':') === true ? 6 : 4;
      setImmediate(() => {
        if (address === undefined) {
          const unknown = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
          callback(unknown, '', 4);
        } else if (options.all === true) callback(null, [{ address, family }]);
        else callback(null, address, family);
      });
    };
    vi.spyOn(dns, 'lookup').mockImplementation(answer as typeof dns.lookup);
    return asked;
  }
  async function proxyAt(host: string, port = 0): Promise<Proxy> {
    const proxy = await startProxy({ port: postgres.server.port, listen: { host, port } });
    closers.push(() => proxy.close());
    return proxy;
  }

  test('of the database: unknown is said, it is asked for again at each attempt, and a new address is used', async () => {
    const first = await proxyAt('127.0.0.1');
    const second = await proxyAt(elsewhere, first.port);
    const addresses = new Map<string, string>();
    const asked = resolveBy(addresses);
    const one = workstation([`${databaseName}:${first.port}`]);
    await until(() => reasonOf(one).includes('the name is not known (ENOTFOUND)'), 10_000);
    expect(reasonOf(one)).toContain(databaseName);

    addresses.set(databaseName, '127.0.0.1');
    await until(
      () => one.health()?.state === 'connected',
      15_000,
      () => JSON.stringify(one.health()),
    );
    expect(second.accepted).toBe(0);
    const before = asked.get(databaseName) ?? 0;
    expect(before).toBeGreaterThan(1);

    // The server moved, and its name with it.
    addresses.set(databaseName, elsewhere);
    await first.close();
    await until(
      () => second.accepted > 0 && one.health()?.state === 'connected',
      20_000,
      () => JSON.stringify(one.health()),
    );
    expect(asked.get(databaseName)).toBeGreaterThan(before);
  });

  test('of a camera system: the same', async () => {
    const server = await startCameraServer();
    closers.push(() => server.close());
    const addresses = new Map<string, string>();
    const asked = resolveBy(addresses);
    const { client, reasons } = follow(server.url.replace('127.0.0.1', cameraName));
    await until(() => (asked.get(cameraName) ?? 0) > 2, 10_000);
    expect([...reasons].join('\n')).toContain(`ENOTFOUND ${cameraName}`);
    addresses.set(cameraName, '127.0.0.1');
    await until(
      () => client.health().link === 'live',
      10_000,
      () => JSON.stringify(client.health()),
    );
  });
});

describe('certificates (fault 8)', () => {
  const trusted = createAuthority('VICORE test authority');
  const stranger = createAuthority('Somebody else');
  const usual = tls.getCACertificates('default');
  beforeAll(() => tls.setDefaultCACertificates([...usual, trusted.certificate]));
  afterAll(() => tls.setDefaultCACertificates(usual));

  const bad = [
    ['expired', trusted.issue('127.0.0.1', -2), /certificate has expired/],
    ['of another host', trusted.issue('127.0.0.9'), /for another host|does not match/],
    ['of an authority that nobody here knows', stranger.issue('127.0.0.1'), /authority|verify/],
  ] as const;

  /** What the database shows to whoever connects from now on. */
  async function show({ certificate, key }: Certificate): Promise<void> {
    const { directory } = postgres.server;
    const { uid, gid } = await stat(directory);
    for (const [name, text] of [
      ['server.crt', certificate],
      ['server.key', key],
    ] as const) {
      const file = path.join(directory, name);
      await writeFile(file, text, { mode: 0o600 });
      await chown(file, uid, gid);
    }
    await withClient(postgres.server.ownerUrl(), async (client) => {
      await client.query('alter system set ssl = on');
      await client.query('select pg_reload_conf()');
    });
    const shown = (): Promise<boolean> =>
      withClient(postgres.server.ownerUrl(), async (client) => {
        const { rows } = await client.query<{ ssl: string }>('show ssl');
        return rows[0]?.ssl === 'on';
      });
    await until(shown, 10_000);
  }

  test.each(bad)(
    '%s: no word is said to the database, and people are told why',
    async (_, certificate, why) => {
      await show(certificate);
      const one = workstation([`127.0.0.1:${postgres.server.port}`], 'verify-full');
      await until(() => one.health()?.state === 'away', 10_000);
      expect(reasonOf(one)).toMatch(why);
      const sessions = await withClient(database.ownerUrl, async (client) => {
        const { rows } = await client.query('select from pg_stat_activity where usename = $1', [
          database.user,
        ]);
        return rows.length;
      });
      expect(sessions).toBe(0);
      // Nothing is remembered of it: the right certificate is enough.
      await show(trusted.issue('127.0.0.1'));
      await until(
        () => one.health()?.state === 'connected',
        20_000,
        () => JSON.stringify(one.health()),
      );
    },
  );

  test.each(bad)('%s: a camera system never gets the token', async (_, { certificate, key }, why) => {
    let asked = 0;
    const server = createTlsServer({ cert: certificate, key }, (_request, response) => {
      asked += 1;
      response.end();
    });
    server.on('upgrade', () => {
      asked += 1;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { client, reasons } = follow(`wss://127.0.0.1:${address.port}/stream`);
    await until(() => client.health().link === 'down', 10_000);
    expect([...reasons].join('\n')).toMatch(why);
    expect(asked).toBe(0);
  });
});
