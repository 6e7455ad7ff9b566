import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { createRealBrowser } from '../shared/identity.ts';
import type { RealBrowser } from '../shared/identity.ts';
import { connected, expect, saveScreenshot, test } from './fixtures/main-line.ts';
import type { Line } from './fixtures/main-line.ts';
import { openSessionMenu, sessionOf } from './fixtures/session.ts';

const providerPage = (pages: () => readonly Page[], issuer: string): Page | undefined =>
  pages().find((page) => page.url().startsWith(`${issuer}/interaction/`));

/** The page on which the provider asks who it is. */
async function askedAt(pages: () => readonly Page[], issuer: string): Promise<Page> {
  await expect.poll(() => providerPage(pages, issuer)?.url(), { timeout: 20_000 }).toBeDefined();
  const page = providerPage(pages, issuer);
  if (!page) throw new Error('the page of the provider went away');
  return page;
}

async function connectTo(real: RealBrowser): Promise<Browser> {
  await expect.poll(() => real.debugAddress(), { timeout: 20_000 }).toBeDefined();
  return chromium.connectOverCDP((await real.debugAddress()) ?? '');
}

const auditOf = (line: Line, action: string) =>
  line.rows(
    'select actor, role, workstation, entity_id from vicore.audit_log where action = $1 order by id',
    [action],
  );

test('through the loopback address, in a real browser of the system, and a second person after the first', async ({
  line,
}) => {
  const real = await createRealBrowser();
  const { app, window } = await line.start({ person: 'nobody', browser: real });
  const system = await window('system');
  await connected(system);
  const state = system.getByTestId('session-state');
  await expect(state).toHaveAttribute('data-state', 'signed-out');

  await system.getByTestId('sign-in').click();
  const browser = await connectTo(real);
  const pages = () => browser.contexts().flatMap((context) => context.pages());

  await test.step('a person is chosen in the browser and is signed in at the workstation', async () => {
    const page = await askedAt(pages, line.provider.issuer);
    await expect(page.getByRole('button', { name: 'Alan Martin' })).toBeVisible();
    await saveScreenshot(page, 'sign-in-browser');
    await page.getByRole('button', { name: 'Alan Martin' }).click();
    await expect(state).toHaveAttribute('data-state', 'signed-in');
    await expect(state).toContainText('Alan Martin');
    // What the person is left with is the program's own page, at an address that nobody listens to any more.
    await expect.poll(() => page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback/);
    await expect(page.locator('body')).toContainText('VICORE');
    await saveScreenshot(page, 'signed-in-browser');
    await expect(fetch(page.url())).rejects.toThrow('fetch failed');
    await expect
      .poll(() => line.rows('select subject, display_name, role, last_workstation from vicore.app_user'))
      .toEqual([
        { subject: 'alan', display_name: 'Alan Martin', role: 'operator', last_workstation: 'RCC-01' },
      ]);
    await expect
      .poll(() => auditOf(line, 'session.sign-in'))
      .toMatchObject([{ actor: 'Alan Martin', workstation: 'RCC-01' }]);
  });

  await test.step('the next one takes over; the one before stays until then', async () => {
    const before = pages().length;
    await (await openSessionMenu(system)).getByTestId('change-operator').click();
    await expect.poll(() => pages().length, { timeout: 20_000 }).toBe(before + 1);
    const page = await askedAt(pages, line.provider.issuer);
    expect(await sessionOf(system)).toMatchObject({ subject: 'alan', state: 'signed-in', signingIn: true });
    await page.getByRole('button', { name: 'Sophie Lambert' }).click();
    await expect(state).toContainText('Sophie Lambert');
    expect(await sessionOf(system)).toMatchObject({
      subject: 'sophie',
      state: 'signed-in',
      role: 'supervisor',
    });
    await expect.poll(() => auditOf(line, 'session.takeover')).toHaveLength(1);
  });

  await test.step('no page of the program was told a token', async () => {
    for (const page of app.windows()) {
      const known = (await page.evaluate(
        `JSON.stringify([window.vicore && Object.keys(window.vicore), { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])`,
      )) as string;
      const told = JSON.stringify([known, await sessionOf(system)]);
      expect(line.provider.secrets.filter((secret) => told.includes(secret))).toEqual([]);
    }
  });

  const control = await browser.newBrowserCDPSession();
  const closed = new Promise((resolve) => {
    browser.once('disconnected', resolve);
  });
  await control.send('Browser.close');
  await closed;
  await real.end();
});

test('in a window of the program: signed in, cancelled there, and closed', async ({ line }) => {
  const { app, window } = await line.start({ person: 'nobody', login: { browser: 'window' } });
  const system = await window('system');
  await connected(system);
  const state = system.getByTestId('session-state');
  const asked = () => askedAt(() => app.windows(), line.provider.issuer);
  const ask = async (): Promise<Page> => {
    await system.getByTestId('sign-in').click();
    return asked();
  };
  const gone = (page: Page) => expect.poll(() => page.isClosed()).toBe(true);

  await test.step('the window is closed: nobody is signed in, and that is said', async () => {
    const page = await ask();
    await page.close();
    await expect.poll(() => sessionOf(system)).toMatchObject({ state: 'signed-out', signingIn: false });
    expect((await sessionOf(system)).problem?.kind).toBe('cancelled');
  });

  await test.step('cancelled on the page of the provider', async () => {
    const page = await ask();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await gone(page);
    await expect.poll(async () => (await sessionOf(system)).problem?.kind).toBe('refused-by-provider');
    await expect(system.getByTestId('sign-in-problem')).toBeVisible();
  });

  await test.step('a page of the provider has nothing of the program', async () => {
    const page = await ask();
    expect(await page.evaluate('[typeof window.vicore, typeof require, typeof process]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
    await saveScreenshot(page, 'sign-in-window');
    await page.getByRole('button', { name: 'Dora Okafor' }).click();
    await gone(page);
    await expect(state).toContainText('Dora Okafor');
    expect(await sessionOf(system)).toMatchObject({ state: 'signed-in', subject: 'dora', role: 'admin' });
    await expect(system.getByTestId('sign-in-problem')).toHaveCount(0);
  });

  await test.step('the next sign-in asks again, whoever was there before', async () => {
    await (await openSessionMenu(system)).getByTestId('change-operator').click();
    const page = await asked();
    await page.getByRole('button', { name: 'Alan Martin' }).click();
    await expect(state).toContainText('Alan Martin');
    await gone(page);
  });
  expect(await auditOf(line, 'session.sign-in-failed')).toHaveLength(2);
});
