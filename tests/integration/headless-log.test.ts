import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCameraServer } from '../shared/camera-server.ts';
import type { CameraServer } from '../shared/camera-server.ts';
import { startIngest } from '../shared/ingest.ts';
import type { Ingest } from '../shared/ingest.ts';
import { until } from '../shared/until.ts';

/* The log of the core without windows goes to whatever keeps standard output: no secret may be in it. */

const secret = 'zQ8secretsecretsecretsecretsecretsecret42';
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzb3BoaWUifQ.c2lnbmF0dXJlLXRoYXQtbWF0dGVycw';
/** What a pooler or a proxy in front of a database may answer: it repeats what it was given. */
const chatter = `no route for postgres://vicore:${secret}@db.example/vicore (password=${secret}, Bearer ${jwt})`;

let directory: string;
let talkative: Server;
let cameras: CameraServer;
let core: Ingest | undefined;

/** PostgreSQL's ErrorResponse (protocol 3.0, Message Formats). */
function errorResponse(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0CXX000\0M${message}\0\0`);
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-headless-log-'));
  cameras = await startCameraServer({ token: secret });
  talkative = createServer((socket) => {
    // A client that leaves in the middle is no fault of this test.
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(errorResponse(chatter)));
  });
  talkative.listen(0, '127.0.0.1');
  await once(talkative, 'listening');
});
afterEach(async () => {
  await core?.end('SIGKILL');
  await cameras.close();
  talkative.close();
  await rm(directory, { recursive: true, force: true });
});

test('a database and an address that repeat secrets do not bring them into the log', async () => {
  const address = talkative.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  core = await startIngest({
    directory,
    database: { host: '127.0.0.1', port: address.port, database: 'd', user: 'u', password: secret },
    streams: [{ url: `${cameras.url}?access_token=${secret}`, token: secret }],
    environment: { VICORE_LOG_LEVEL: 'debug' },
  });
  const { said } = core;
  await until(() => said().includes('no route for') && said().includes('"link":"live"'), 20_000, said);
  expect(said()).toContain('no route for postgres://vicore:[removed]@db.example/vicore');
  for (const hidden of [secret, jwt, jwt.split('.')[2] ?? '']) expect(said()).not.toContain(hidden);
  expect(await core.end('SIGTERM')).toBe(0);
  expect(said()).not.toContain(secret);
});
