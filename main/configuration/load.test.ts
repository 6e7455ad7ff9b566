import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedSettings } from './fixed-settings.ts';
import { loadConfiguration } from './load.ts';
import { seenConfiguration } from './seen.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-configuration-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const valid = {
  workstation: { name: 'RCC-01' },
  postgres: { hosts: ['db1:5432', '[::1]:5433'], database: 'vicore', user: 'app', password: { env: 'PW' } },
  camera: { streams: [{ url: 'wss://cameras.example/stream', token: { file: 'token' } }] },
};

async function load(content: unknown, environment: Record<string, string> = { PW: 'p' }) {
  await writeFile(path.join(directory, 'token'), 't0ken\n');
  await writeFile(
    path.join(directory, 'vicore.config.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  return loadConfiguration({ argv: [], environment, userData: directory });
}

const problemsOf = async (content: unknown, environment?: Record<string, string>) => {
  const loaded = await load(content, environment);
  return loaded.kind === 'invalid' ? loaded.problems : loaded.kind;
};

describe('configuration', () => {
  test('is completed with defaults and resolved secrets', async () => {
    const loaded = await load(valid);
    expect(loaded).toMatchObject({
      kind: 'loaded',
      warnings: [],
      configuration: {
        workstation: {
          name: 'RCC-01',
          language: 'en',
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
        postgres: { password: 'p', tls: 'verify-full' },
        camera: { streams: [{ url: 'wss://cameras.example/stream', token: 't0ken' }] },
        secretsFrom: { 'postgres.password': 'env PW', 'camera.streams.0.token': 'file token' },
        metrics: { port: 0 },
      },
    });
  });

  test('a missing file is a case of its own', async () => {
    const loaded = await loadConfiguration({ argv: [], environment: {}, userData: directory });
    expect(loaded).toEqual({ kind: 'missing', path: path.join(directory, 'vicore.config.json') });
  });

  test('--config goes before VICORE_CONFIG, and either may name a directory', async () => {
    const other = path.join(directory, 'other.json');
    await load(valid);
    await writeFile(other, JSON.stringify({ ...valid, workstation: { name: 'OTHER' } }));
    const environment = { PW: 'p', VICORE_CONFIG: directory };
    const named = await loadConfiguration({ argv: ['x', '--config', other], environment, userData: '/none' });
    expect(named).toMatchObject({ configuration: { workstation: { name: 'OTHER' } } });
    const fromEnvironment = await loadConfiguration({ argv: [], environment, userData: '/none' });
    expect(fromEnvironment).toMatchObject({ configuration: { workstation: { name: 'RCC-01' } } });
  });

  test('unknown keys and wrong values are named with key, value and what is expected', async () => {
    const problems = await problemsOf({
      ...valid,
      colour: 'red',
      workstation: { name: 'RCC-01', timeZone: 'Mars/Olympus' },
      cache: { days: 0 },
      camera: { streams: [{ url: 'http://cameras.example', token: { env: 'T' } }] },
    });
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'colour', value: '"red"' }),
        expect.objectContaining({ key: 'workstation.timeZone', value: '"Mars/Olympus"' }),
        expect.objectContaining({ key: 'cache.days', value: '0' }),
        expect.objectContaining({ key: 'camera.streams.0.url', value: '"http://cameras.example"' }),
      ]),
    );
  });

  test('a secret that cannot be found is a problem; one in plain text a warning; neither shows it', async () => {
    expect(await problemsOf(valid, {})).toEqual([
      expect.objectContaining({ key: 'postgres.password', value: '{ "env": "PW" }' }),
    ]);
    const plain = await load({ ...valid, postgres: { ...valid.postgres, password: 'hunter2' } });
    expect(plain).toMatchObject({ kind: 'loaded', warnings: [expect.stringContaining('postgres.password')] });
    const wrong = await problemsOf({
      ...valid,
      postgres: { ...valid.postgres, password: { secret: 'hunter2' } },
    });
    expect(JSON.stringify(wrong)).not.toContain('hunter2');
    expect(wrong).toEqual([expect.objectContaining({ key: 'postgres.password', value: '(hidden)' })]);
  });

  test('no secret is shown, wherever a slip has put it', async () => {
    const token = 'tok-hunter2';
    const stream = { url: 'wss://cameras.example/stream', token };
    for (const content of [
      { ...valid, postgres: { ...valid.postgres, passwort: token } },
      { ...valid, camera: { streams: stream } },
      { ...valid, camera: [stream] },
      { ...valid, camera: { streams: [{ ...stream, url: `ws://user:${token}@cameras.example/` }] } },
      { ...valid, camera: { streams: [{ url: stream.url, token: `${token}\nmore` }] } },
      `{ "postgres": { "password": "${token}" } oops }`,
      `{ "postgres": { "password": ${token} } }`,
    ]) {
      const problems = await problemsOf(content);
      expect(problems).toEqual(expect.arrayContaining([expect.objectContaining({ key: expect.anything() })]));
      expect(JSON.stringify(problems)).not.toContain(token);
    }
  });

  test.each([
    ['ws://cameras.example/stream#part', 'without user'],
    ['ws://me@cameras.example/stream', 'without user'],
    ['cameras.example', 'ws:// or wss://'],
  ])('%s is no address of a stream', async (url, expected) => {
    const problems = await problemsOf({ ...valid, camera: { streams: [{ url, token: { env: 'PW' } }] } });
    expect(problems).toMatchObject([
      { key: 'camera.streams.0.url', expected: expect.stringContaining(expected) },
    ]);
  });

  test('a stream is followed once, and a port is a port', async () => {
    const stream = { url: 'ws://cameras.example/', token: { env: 'PW' } };
    expect(await problemsOf({ ...valid, camera: { streams: [stream, stream] } })).toMatchObject([
      { key: 'camera.streams', expected: 'each stream once' },
    ]);
    const hosts = ['db:99999'];
    expect(await problemsOf({ ...valid, postgres: { ...valid.postgres, hosts } })).toMatchObject([
      { key: 'postgres.hosts.0', expected: 'a port up to 65535' },
    ]);
  });

  test.each(['', '{', '[]', '"text"'])('what is no configuration at all is refused: %j', async (content) => {
    expect(await load(content)).toMatchObject({ kind: 'invalid' });
  });
});

describe('what the file does not state', () => {
  const loadedOf = async (content: unknown) => {
    const loaded = await load(content);
    if (loaded.kind !== 'loaded') throw new Error(JSON.stringify(loaded));
    return loaded.configuration;
  };

  test('is left to the shared settings', async () => {
    const bare = await loadedOf(valid);
    expect(bare.cache).toEqual({});
    expect(bare.alerts).toEqual({});
    expect(fixedSettings(bare)).toEqual({});
    expect(fixedSettings(await loadedOf({ ...valid, cache: { days: 3 } }))).toEqual({ 'cache.days': 3 });
    expect(fixedSettings(await loadedOf({ ...valid, alerts: { escalateAfterSeconds: 10 } }))).toEqual({
      'alerts.escalateAfterSeconds': 10,
    });
  });

  test.each([
    [{ cache: { days: 91 } }, 'cache.days'],
    [{ cache: { days: 1.5 } }, 'cache.days'],
    [{ alerts: { escalateAfterSeconds: 9 } }, 'alerts.escalateAfterSeconds'],
    [{ login: { issuer: 'https://sso.example', clientId: 'v', roles: {}, scope: 'profile' } }, 'login.scope'],
    [{ login: { issuer: 'sso.example', clientId: 'v', roles: {} } }, 'login.issuer'],
  ])('and what it states is checked: %j', async (section, key) => {
    expect(await problemsOf({ ...valid, ...section })).toMatchObject([{ key }]);
  });
});

test('the configuration as it may be seen names where secrets come from, and none of them', async () => {
  const loaded = await load(
    {
      ...valid,
      postgres: { ...valid.postgres, password: 'hunter2' },
      login: { issuer: 'https://user:hunter2@sso.example/realm?key=hunter2', clientId: 'v', roles: {} },
      updates: { url: 'https://me:hunter2@updates.example/vicore' },
    },
    {},
  );
  if (loaded.kind !== 'loaded') throw new Error(JSON.stringify(loaded));
  const seen = seenConfiguration(loaded.configuration);
  expect(seen).toMatchObject({
    workstation: { name: 'RCC-01' },
    postgres: { hosts: ['db1:5432', '[::1]:5433'], password: 'plain text' },
    camera: { streams: [{ url: 'wss://cameras.example/stream', token: 'file token' }] },
    login: { issuer: 'https://sso.example/realm', scope: 'openid profile email offline_access' },
    updates: { url: 'https://updates.example/vicore' },
  });
  expect(JSON.stringify(seen)).not.toMatch(/hunter2|t0ken/);
});
