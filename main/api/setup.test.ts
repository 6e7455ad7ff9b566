import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CheckedInputs } from '../../contract/inputs.ts';
import { loadConfiguration } from '../configuration/load.ts';
import type { Caller } from '../core.ts';
import { setupHandlers } from './setup.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-setup-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const caller: Caller = {
  windowId: 1,
  kind: 'setup',
  at: 0,
  correlationId: 'c',
  session: {
    state: 'signed-out',
    signingIn: false,
    configured: false,
    sessionOnly: true,
    name: '',
    role: 'viewer',
    workstation: 'W1',
  },
};
const postgres: CheckedInputs['setup.testDatabase'] = {
  hosts: ['127.0.0.1:5432'],
  database: 'vicore',
  user: 'vicore_app',
  password: 'p',
  tls: 'disable',
};
const streams = [{ url: 'ws://127.0.0.1:1/stream', token: 't' }];
const login = { issuer: 'https://sso.example/realm', clientId: 'vicore-desktop' };

function handlers() {
  const tried: unknown[] = [];
  const configurationPath = path.join(directory, 'vicore.config.json');
  const found = setupHandlers({
    configurationPath,
    environment: {},
    tryDatabase: () => Promise.resolve({ reachable: true, message: '' }),
    tryStream: () => Promise.resolve({ reachable: true, message: '' }),
    tryIssuer(asked) {
      tried.push(asked);
      return Promise.resolve({ reachable: true, message: 'Found it.' });
    },
  });
  return { ...found, tried, configurationPath };
}

test('what is saved with an identity provider can be loaded; its roles have the usual names', async () => {
  const setup = handlers();
  const saved = await setup['setup.save']({ workstation: 'W1', postgres, streams, login }, caller);
  expect(saved).toEqual({ ok: true, value: { path: setup.configurationPath } });
  const loaded = await loadConfiguration({
    argv: ['--config', setup.configurationPath],
    environment: {},
    userData: directory,
  });
  expect(loaded).toMatchObject({
    kind: 'loaded',
    configuration: {
      login: {
        ...login,
        roleClaim: 'roles',
        browser: 'system',
        offlineGraceHours: 12,
        roles: {
          'vicore-viewer': 'viewer',
          'vicore-operator': 'operator',
          'vicore-supervisor': 'supervisor',
          'vicore-admin': 'admin',
        },
      },
    },
  });
});

test('without one there is no login section', async () => {
  const setup = handlers();
  await setup['setup.save']({ workstation: 'W1', postgres, streams }, caller);
  const written: unknown = JSON.parse(await readFile(setup.configurationPath, 'utf8'));
  expect(written).not.toHaveProperty('login');
});

test('an issuer is tried only at an address of the web', async () => {
  const setup = handlers();
  const answer = await setup['setup.testLogin'](login, caller);
  expect(answer).toEqual({ ok: true, value: { reachable: true, message: 'Found it.' } });
  const refused = await setup['setup.testLogin']({ ...login, issuer: 'file:///etc/passwd' }, caller);
  expect(refused).toMatchObject({ ok: true, value: { reachable: false } });
  expect(setup.tried).toEqual([login]);
});
