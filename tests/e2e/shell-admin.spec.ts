import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ElectronApplication, Page } from '@playwright/test';
import { callFrom } from './fixtures/application.ts';
import { connected, expect, test } from './fixtures/main-line.ts';
import { sessionOf } from './fixtures/session.ts';

const refused = { ok: false, error: expect.objectContaining({ code: 'forbidden' }) };
const pass = '00000000-0000-4000-8000-000000000001';

const adminWindows = (app: ElectronApplication): readonly Page[] =>
  app.windows().filter((page) => page.url().includes('/windows/admin/'));

/** What can be chosen in the native menu's session part. */
const choices = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(({ Menu }) => {
    const session = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'Session');
    return (session?.submenu?.items ?? []).flatMap(({ label, enabled, type }) =>
      enabled && type !== 'separator' ? [label] : [],
    );
  });

const choose = (app: ElectronApplication, wanted: string): Promise<void> =>
  app.evaluate(({ Menu }, label) => {
    const session = Menu.getApplicationMenu()?.items.find((item) => item.label === 'Session');
    session?.submenu?.items.find((item) => item.label === label)?.click();
  }, wanted);

/** Keeps what the window is told from now on. */
const listen = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    window.told = { sessions: [], contexts: [] };
    window.vicore.onSession((session) => window.told.sessions.push(session.state));
    window.vicore.onContext((context) => window.told.contexts.push(context.page));
  })()`);

test('there is one admin window at most; it keeps its page, and stays when the rights go', async ({
  line,
}) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'vicore-e2e-'));
  const { app, window } = await line.start({ person: 'sophie', dataDirectory });
  const system = await window('system');
  await connected(system);
  expect(await choices(app)).toEqual(['Change operator…', 'Lock now', 'Sign out', 'Administration…']);

  expect(await callFrom(system, 'windows.openAdmin', { page: 'audit' })).toMatchObject({ ok: true });
  const admin = await window('windows/admin');
  expect(await callFrom(admin, 'windows.context', {})).toMatchObject({ ok: true, value: { page: 'audit' } });
  // Where there is more than one monitor it does not lie over the trains.
  const displays = await app.evaluate(({ BrowserWindow, screen }) => {
    const on = (kind: string) => {
      const window = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().includes(`/${kind}/`),
      );
      return window && screen.getDisplayMatching(window.getBounds()).id;
    };
    return { count: screen.getAllDisplays().length, admin: on('admin'), system: on('system') };
  });
  expect(displays.admin === displays.system).toBe(displays.count === 1);
  await listen(admin);
  expect(await callFrom(system, 'windows.openAdmin', { page: 'workstations' })).toMatchObject({ ok: true });
  await expect.poll(() => admin.evaluate('window.told.contexts')).toEqual(['workstations']);
  await choose(app, 'Administration…');
  expect(adminWindows(app)).toHaveLength(1);
  expect(await callFrom(admin, 'audit.list', {})).toMatchObject({ ok: true });
  expect(await callFrom(admin, 'windows.setContext', { page: 'audit' })).toMatchObject({ ok: true });

  await choose(app, 'Sign out');
  await expect.poll(() => admin.evaluate('window.told.sessions.at(-1)')).toBe('signed-out');
  expect(await choices(app)).toEqual(['Sign in…']);
  expect(await callFrom(admin, 'audit.list', {})).toEqual(refused);
  expect(await callFrom(system, 'windows.openAdmin', {})).toEqual(refused);
  expect(adminWindows(app)).toHaveLength(1);
  await app.close();

  const again = await line.start({ person: 'nobody', dataDirectory });
  const restored = await again.window('windows/admin');
  await expect
    .poll(() => callFrom(restored, 'windows.context', {}))
    .toMatchObject({ ok: true, value: { page: 'audit' } });
});

test('a window of another kind gets nothing of the admin window, and its attempt is audited', async ({
  line,
}) => {
  const { app, window } = await line.start({ person: 'dora' });
  const system = await window('system');
  await connected(system);
  await callFrom(system, 'windows.openCar', { passId: pass, vehicleIndex: 1 });
  const car = await window('windows/car');
  // Its own preload already says no; a broken one is refused by the core.
  expect(await callFrom(car, 'admin.listUsers', {})).toEqual(refused);
  await app.evaluate(
    ({ session }, filePath) => {
      const own = session.fromPartition('vicore');
      // Electron 33 of the fallback runtime has the older way only.
      if ('registerPreloadScript' in own) own.registerPreloadScript({ type: 'frame', filePath });
      else Reflect.apply(Reflect.get(own, 'setPreloads'), own, [[filePath]]);
    },
    join(import.meta.dirname, 'fixtures/raw-preload.cjs'),
  );
  await car.reload();
  await car.waitForLoadState('load');
  expect(await car.evaluate(`window.raw.invoke('vicore:call', 'admin.listUsers', {})`)).toEqual(refused);
  await expect
    .poll(() =>
      line.rows(
        `select actor, role, workstation, entity_id, after->>'kind' as kind
         from vicore.audit_log where action = 'call.refused'`,
      ),
    )
    .toEqual([
      {
        actor: 'Dora Okafor',
        role: 'admin',
        workstation: 'RCC-01',
        entity_id: 'admin.listUsers',
        kind: 'car',
      },
    ]);
});

test('the audit log is exported to a file that the person chooses, in the window that asks', async ({
  line,
}) => {
  const directory = mkdtempSync(join(tmpdir(), 'vicore-e2e-export-'));
  const { app, window } = await line.start({ person: 'sophie' });
  const system = await window('system');
  await connected(system);
  await callFrom(system, 'windows.openAdmin', { page: 'audit' });
  const admin = await window('windows/admin');
  await app.evaluate(({ dialog }, folder) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    Object.assign(dialog, {
      showSaveDialog: (
        parent: { webContents: { getURL(): string } },
        options: { defaultPath: string; filters: unknown },
      ) => {
        asked.push([parent.webContents.getURL(), options.defaultPath, options.filters]);
        // Cancelled the first time.
        return Promise.resolve(
          asked.length === 1
            ? { canceled: true, filePath: '' }
            : { canceled: false, filePath: `${folder}/a.jsonl` },
        );
      },
    });
  }, directory);
  expect(await callFrom(admin, 'audit.export', { format: 'jsonl' })).toEqual({ ok: true, value: {} });
  const answer = await callFrom(admin, 'audit.export', { format: 'jsonl' });
  expect(answer).toMatchObject({ ok: true, value: { started: { path: join(directory, 'a.jsonl') } } });
  const { exportId } = (answer as { value: { started: { exportId: string } } }).value.started;
  await expect
    .poll(() => callFrom(admin, 'audit.exportStatus', { exportId }))
    .toMatchObject({ ok: true, value: { state: 'done' } });
  const actions = readFileSync(join(directory, 'a.jsonl'), 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => (JSON.parse(text) as { action: string }).action);
  expect(actions).toContain('session.sign-in');
  await callFrom(admin, 'audit.export', { format: 'csv' });
  const today = new Date().toISOString().slice(0, 10);
  const asked: unknown = await app.evaluate(() => Reflect.get(globalThis, 'asked') as unknown);
  const admins = expect.stringContaining('/windows/admin/');
  expect(asked).toEqual([
    [
      admins,
      expect.stringContaining(`vicore-audit-${today}.jsonl`),
      [{ name: 'JSON lines', extensions: ['jsonl'] }],
    ],
    [admins, expect.stringContaining(`vicore-audit-${today}.jsonl`), expect.anything()],
    // The folder of the last one.
    [admins, join(directory, `vicore-audit-${today}.csv`), [{ name: 'CSV table', extensions: ['csv'] }]],
  ]);
});

test('a workstation that nobody touches is locked, when the setting says so', async ({ line }) => {
  const { app, window } = await line.start({ person: 'dora' });
  const system = await window('system');
  await connected(system);
  await app.evaluate(({ powerMonitor }) => {
    powerMonitor.getSystemIdleTime = () => 61;
  });
  await callFrom(system, 'windows.openAdmin', { page: 'settings' });
  const admin = await window('windows/admin');
  await listen(admin);
  expect(
    await callFrom(admin, 'admin.saveSetting', {
      key: 'session.lockAfterMinutes',
      value: 1,
      reason: 'nobody may act in the name of who has left',
      revision: 0,
    }),
  ).toMatchObject({ ok: true });
  await expect.poll(async () => (await sessionOf(system)).state).toBe('locked');
  await expect.poll(() => admin.evaluate('window.told.sessions.at(-1)')).toBe('locked');
  expect(await choices(app)).toEqual(['Sign in…', 'Sign out']);
  expect(await callFrom(admin, 'admin.listUsers', {})).toEqual(refused);
});

test('the key that locks takes nothing from a text that is being written', async ({ line, desktop }) => {
  const { app, window } = await line.start();
  const system = await window('system');
  await connected(system);
  const keys = (...pressed: string[]) =>
    promisify(execFile)('xdotool', ['key', '--clearmodifiers', ...pressed], {
      env: { ...process.env, ...desktop.env },
    });
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((each) => each.isVisible())
      ?.focus();
  });
  const field = system.locator('input[type="search"], input[type="text"]').first();
  await field.click();
  await expect(field).toBeFocused();
  await keys('6', '4', 'l');
  await expect(field).toHaveValue('64l');
  await keys('ctrl+l');
  await expect.poll(async () => (await sessionOf(system)).state).toBe('locked');
  await expect(field).toHaveValue('64l');
  await keys('1');
  await expect(field).toHaveValue('64l1');
});
