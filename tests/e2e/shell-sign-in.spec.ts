import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { test as base, callFrom, expect, unreachable } from './fixtures/application.ts';
import type { Launched } from './fixtures/application.ts';
import { startHostileProvider } from './fixtures/hostile-provider.ts';
import type { HostileProvider } from './fixtures/hostile-provider.ts';
import { startSelfSigned } from './fixtures/self-signed.ts';
import { sessionOf } from './fixtures/session.ts';

interface Asking {
  readonly provider: HostileProvider;
  readonly launched: Launched;
  readonly system: Page;
  /** Asks for a sign-in, and gives the provider's page in its window. */
  ask(): Promise<Page>;
}

const configurationFor = (provider: HostileProvider, browser: 'system' | 'window') => ({
  ...unreachable,
  login: { issuer: provider.origin, clientId: 'vicore-desktop', roles: {}, browser },
});

/** A program whose identity provider means it ill. */
const test = base.extend<{ provider: HostileProvider; asking: Asking }>({
  // Playwright recognises fixtures without dependencies by the empty pattern.
  provider: async ({}, use) => {
    const provider = await startHostileProvider();
    await use(provider);
    await provider.stop();
  },
  asking: async ({ provider, launch }, use) => {
    const launched = await launch({ configuration: configurationFor(provider, 'window') });
    const system = await launched.window('system');
    await use({
      provider,
      launched,
      system,
      async ask() {
        expect(await callFrom(system, 'session.login', {})).toMatchObject({ ok: true });
        return launched.window('authorize');
      },
    });
  },
});

const place = (app: ElectronApplication, address: string) =>
  app.evaluate(({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows().find((each) => each.webContents.getURL().includes(wanted));
    if (!window) return undefined;
    return {
      title: window.getTitle(),
      visible: window.isVisible(),
      modal: window.isModal(),
      child: window.getParentWindow() !== null,
      onTop: window.isAlwaysOnTop(),
      menu: window.isMenuBarVisible(),
    };
  }, address);

test('the sign-in window has nothing of the program in it, and says whose page it shows', async ({
  asking,
}) => {
  const { provider, launched, system, ask } = asking;
  const { host } = new URL(provider.origin);
  const page = await ask();
  await expect.poll(async () => (await place(launched.app, '/authorize'))?.visible).toBe(true);
  // The page calls itself something else.
  expect(await place(launched.app, '/authorize')).toEqual({
    title: `Sign in — ${host}`,
    visible: true,
    modal: false,
    child: false,
    onTop: false,
    menu: false,
  });
  expect(
    await page.evaluate(`(async () => ({
      things: [typeof window.vicore, typeof require, typeof process, typeof module, typeof electron].join(),
      notification: await Notification.requestPermission(),
      media: await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', () => 'denied'),
      pages: await fetch('vicore-app://app/windows/system/index.html').then(() => 'there', () => 'blocked'),
      opened: window.open('https://sso.example/') === null,
    }))()`),
  ).toEqual({
    things: 'undefined,undefined,undefined,undefined,undefined',
    notification: 'denied',
    media: 'denied',
    pages: 'blocked',
    opened: true,
  });
  // The windows with the trains stay as usable as they were.
  expect(await sessionOf(system)).toMatchObject({ signingIn: true, state: 'signed-out' });
  await system.evaluate(`document.title = 'usable'`);
  expect(await system.title()).toBe('usable');
});

test('it goes where a sign-in goes, and nowhere else', async ({ asking }) => {
  const { provider, launched, ask } = asking;
  const page = await ask();
  const address = page.url();
  for (const target of [
    'http://example.com/',
    'http://sso.example/',
    `${provider.neighbour.origin}/visited`,
    `http://localhost:${new URL(provider.origin).port}/next`,
    `${provider.origin}/to-the-open`,
    `${provider.origin}/to-a-neighbour`,
    `${provider.origin}/file`,
    'file:///etc/passwd',
    'data:text/html,<h1>owned</h1>',
    'vicore-app://app/windows/system/index.html',
    'vicore://pass/00000000-0000-4000-8000-000000000001/car/1',
  ]) {
    await page.evaluate(`location.href = ${JSON.stringify(target)}; undefined`);
    // A question to the page is answered after what became of the navigation is known.
    await expect.poll(() => page.evaluate('document.readyState')).toBe('complete');
    expect([target, page.url()]).toEqual([target, address]);
  }
  // It is the page's own script, and finds nothing that the page does not have.
  await page.evaluate(
    `location.href = 'javascript:window.found = typeof window.vicore + typeof require; undefined'; undefined`,
  );
  await expect.poll(() => page.evaluate('window.found')).toBe('undefinedundefined');
  expect(
    await page.evaluate(
      `fetch(${JSON.stringify(`${provider.neighbour.origin}/fetched`)}).then(() => 'answered', () => 'blocked')`,
    ),
  ).toBe('blocked');
  expect(provider.neighbour.visits).toEqual([]);

  await page.evaluate(`location.href = '/next'; undefined`);
  await expect(page.getByRole('heading')).toHaveText('Password');
  expect(launched.app.windows().filter((each) => each.url().startsWith('http'))).toHaveLength(1);
});

test('a page that cannot be had is said in its place, and a certificate is never taken on trust', async ({
  asking,
}) => {
  const { launched, ask } = asking;
  const log = () => readFileSync(join(launched.dataDirectory, 'logs/vicore.log'), 'utf8');
  const page = await ask();
  await page.evaluate(`location.href = 'https://127.0.0.1:9/'; undefined`);
  await expect(page.getByRole('heading')).toHaveText('The sign-in page does not load');
  await expect(page.locator('p')).toContainText('127.0.0.1:9');
  expect(await page.evaluate('typeof window.vicore')).toBe('undefined');
  await page.close();
  await expect.poll(() => sessionOf(asking.system)).toMatchObject({ signingIn: false });

  const untrusted = await startSelfSigned();
  try {
    const again = await ask();
    await again.evaluate(`location.href = ${JSON.stringify(`${untrusted.origin}/?code=12345`)}; undefined`);
    await expect(again.locator('p')).toContainText('ERR_CERT_');
    expect(untrusted.asked()).toBe(0);
  } finally {
    await untrusted.stop();
  }
  expect(log()).toContain('a certificate was refused');
  expect(log()).toContain('the sign-in page did not load');
  // Addresses are logged without what is asked of them.
  expect(log()).not.toMatch(/[?&](state|code)=/);
});

test('nothing of one sign-in is there at the next, and cancelling closes the window', async ({ asking }) => {
  const { provider, system, launched, ask } = asking;
  const first = await ask();
  await first.evaluate(
    `localStorage.setItem('person', 'alan'); document.cookie = 'more=1; Max-Age=86400'; undefined`,
  );
  expect(await callFrom(system, 'session.cancelLogin', {})).toMatchObject({ ok: true });
  await expect.poll(() => first.isClosed()).toBe(true);
  await expect.poll(() => sessionOf(system)).toMatchObject({ signingIn: false, state: 'signed-out' });

  const second = await ask();
  expect(await second.evaluate(`localStorage.getItem('person')`)).toBeNull();
  const pages = provider.visits.filter(({ path }) => path === '/authorize');
  expect(pages).toEqual([
    { path: '/authorize', cookie: undefined },
    { path: '/authorize', cookie: undefined },
  ]);

  // Asked again while it is open, the same window comes forward.
  await callFrom(system, 'session.login', {});
  expect(launched.app.windows().filter((each) => each.url().includes('authorize'))).toHaveLength(1);
});

test('the program ends although a sign-in page does not want to go', async ({ asking }) => {
  const { launched, ask } = asking;
  const page = await ask();
  await page.evaluate(
    `window.addEventListener('beforeunload', (event) => event.preventDefault()); undefined`,
  );
  const ended = new Promise((resolve) => {
    launched.app.process().once('exit', resolve);
  });
  await launched.app.evaluate(({ app }) => {
    app.quit();
  });
  expect(await ended).toBe(0);
});

test("the system's browser gets the provider's page, and nothing that a provider invents", async ({
  provider,
  launch,
}) => {
  const start = async () => {
    const { app, window } = await launch({ configuration: configurationFor(provider, 'system') });
    const system = await window('system');
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
    const opened = (): Promise<unknown> => app.evaluate(() => Reflect.get(globalThis, 'opened') as unknown);
    return { app, system, opened };
  };

  const honest = await start();
  expect(await callFrom(honest.system, 'session.login', {})).toMatchObject({ ok: true });
  await expect.poll(honest.opened).toEqual([expect.stringContaining(`${provider.origin}/authorize?`)]);
  expect(honest.app.windows().filter((each) => each.url().startsWith('http'))).toEqual([]);

  provider.signInAt('file:///usr/bin/calculator');
  const deceived = await start();
  await callFrom(deceived.system, 'session.login', {});
  await expect
    .poll(() => sessionOf(deceived.system))
    .toMatchObject({ signingIn: false, problem: { kind: expect.any(String) } });
  expect(await deceived.opened()).toEqual([]);
});
