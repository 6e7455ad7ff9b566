import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLog } from './log.ts';
import { openRotatingFile } from './rotating-file.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vicore-log-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const text = (name = 'vicore.log') => readFileSync(join(directory, name), 'utf8');
const lines = (name?: string): unknown[] =>
  text(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzb3BoaWUifQ.c2lnbmF0dXJlLXRoYXQtbWF0dGVycw';
const secret = 'zQ8secretsecretsecretsecretsecretsecret42';

/** The ways by which a secret could come into a line although nobody hands one to the log. */
const slips: readonly [string, Readonly<Record<string, unknown>>, string?][] = [
  ['a token under its name', { access_token: secret }],
  ['tokens within', { session: { tokens: { refreshToken: secret } } }],
  ['a password', { postgres: { hosts: ['a'], password: secret } }],
  ['a header', { request: { headers: { Authorization: `Bearer ${secret}`, cookie: `sid=${secret}` } } }],
  ['a header in a text', { reason: `sent "Authorization: Bearer ${secret}"` }],
  ['an authorization code', { code: secret, state: secret }],
  ['the address of an answer', { url: `http://127.0.0.1:51234/callback?code=${secret}&state=${secret}` }],
  ['an address in the message', {}, `GET /callback?state=${secret}&code=${secret} was refused`],
  ['a form', { body: `grant_type=refresh_token&refresh_token=${secret}&client_id=vicore` }],
  ['a JSON Web Token anywhere', { list: [{ what: `got ${jwt}` }] }],
  ['a JSON Web Token in the message', {}, `got ${jwt}`],
  ['the password of an address', { url: `wss://user:${secret}@cameras.example/stream` }],
  ['an error', { error: new Error(`refused: refresh_token=${secret}`) }],
  [
    'what an error carries',
    {
      error: Object.assign(new Error('refused'), {
        cause: { body: { id_token: secret } },
        response: { token: secret },
      }),
    },
  ],
  ['errors within an error', { error: new AggregateError([new Error(`Bearer ${secret}`)], 'several') }],
  ['what was sealed', { sealed: secret }],
];

test.each(slips)('%s is not in the log', (_name, fields, message) => {
  const log = openLog(directory, {});
  log.error(fields, message ?? 'something');
  log.fatal(fields, message ?? 'something');
  expect(lines()).toHaveLength(2);
  for (const hidden of [secret, jwt, jwt.split('.')[2] ?? '']) expect(text()).not.toContain(hidden);
  expect(text()).toContain('[removed]');
});

test('what helps to find a fault stays', () => {
  const log = openLog(directory, {});
  const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  log.warn(
    { error, state: 'away', code: '57P01', tokens: 2, sessionOnly: true, correlationId: 'a-b' },
    'the database',
  );
  expect(lines()).toEqual([
    expect.objectContaining({
      level: 40,
      pid: process.pid,
      msg: 'the database',
      state: 'away',
      code: '57P01',
      tokens: 2,
      sessionOnly: true,
      correlationId: 'a-b',
      error: expect.objectContaining({
        type: 'Error',
        code: 'ECONNREFUSED',
        message: 'connect ECONNREFUSED 127.0.0.1:5432',
        stack: expect.stringContaining('log.test.ts'),
      }),
    }),
  ]);
});

test('a thing without end makes a short line', () => {
  const endless: Record<string, unknown> = { list: Array.from({ length: 5000 }, (_, at) => ({ at })) };
  endless['self'] = endless;
  openLog(directory, {}).info(endless, 'long');
  expect(lines()).toHaveLength(1);
  expect(text().length).toBeLessThan(200_000);
});

test('the level is what the environment says', () => {
  openLog(directory, {}).debug({}, 'unseen');
  openLog(directory, { VICORE_LOG_LEVEL: 'debug' }).debug({}, 'seen');
  openLog(directory, { VICORE_LOG_LEVEL: 'loud' }).debug({}, 'unseen');
  expect(lines()).toEqual([expect.objectContaining({ level: 20, msg: 'seen' })]);
});

test('a directory that cannot be written to sends the log to standard error', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  writeFileSync(join(directory, 'a-file'), '');
  openLog(join(directory, 'a-file'), {}).info({}, 'still said');
  expect(write.mock.calls.flat().join('')).toMatch(/cannot be written to.*still said/s);
  write.mockRestore();
});

const rotating = (size: number, count: number, onFault = vi.fn()) =>
  openRotatingFile({ directory, name: 'vicore', size, count, onFault });

test('a full file makes room while the program runs, and the oldest goes', () => {
  const file = rotating(100, 3);
  for (let at = 0; at < 40; at += 1) file.write(`{"at":${at}}\n`);
  expect(readdirSync(directory).sort()).toEqual(['vicore.1.log', 'vicore.2.log', 'vicore.log']);
  const all = ['vicore.2.log', 'vicore.1.log', 'vicore.log'].flatMap((name) => lines(name));
  expect(all.at(-1)).toEqual({ at: 39 });
  // Nothing is missing between the oldest that is left and the newest.
  expect(all).toEqual(Array.from({ length: all.length }, (_, at) => ({ at: 40 - all.length + at })));
  for (const name of readdirSync(directory)) expect(text(name).length).toBeLessThanOrEqual(100);
});

test('a start goes on in the file that is there, and removes what is beyond the number of files', () => {
  writeFileSync(join(directory, 'vicore.log'), '{"at":"before"}\n');
  writeFileSync(join(directory, 'vicore.log.1'), 'of an earlier version');
  for (const age of [1, 2, 3]) writeFileSync(join(directory, `vicore.${age}.log`), `${age}`);
  rotating(100, 2).write('{"at":"now"}\n');
  expect(lines()).toEqual([{ at: 'before' }, { at: 'now' }]);
  expect(readdirSync(directory).sort()).toEqual(['vicore.1.log', 'vicore.log']);
});

test('a line larger than a file is written whole, in one of its own', () => {
  const file = rotating(50, 3);
  file.write('{"at":1}\n');
  file.write(`{"long":"${'x'.repeat(200)}"}\n`);
  file.write('{"at":2}\n');
  expect(lines('vicore.1.log')).toHaveLength(1);
  expect(lines()).toEqual([{ at: 2 }]);
});

test('lines that find no room are counted, and said when there is room again', () => {
  const onFault = vi.fn();
  const file = rotating(20, 2, onFault);
  file.write('{"at":1,"x":12345}\n');
  rmSync(directory, { recursive: true });
  file.write('{"at":2,"x":12345}\n');
  file.write('{"at":3,"x":12345}\n');
  expect(onFault).toHaveBeenCalledOnce();
  mkdirSync(directory);
  file.write('{"at":4}\n');
  expect(['vicore.1.log', 'vicore.log'].flatMap((name) => lines(name))).toEqual([
    expect.objectContaining({ lost: 2 }),
    { at: 4 },
  ]);
});
