import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { callFrom, expect, test } from './fixtures/application.ts';

const rawPreload = join(import.meta.dirname, 'fixtures/raw-preload.cjs');

/** Gives the pages of the application's session the bare channel, as a broken preload would (fault 67, 68). */
async function breakPreload(app: ElectronApplication, page: Page): Promise<void> {
  await app.evaluate(({ session }, filePath) => {
    const own = session.fromPartition('vicore');
    // Electron 33 of the fallback runtime has the older way only.
    if ('registerPreloadScript' in own) own.registerPreloadScript({ type: 'frame', filePath });
    else Reflect.apply(Reflect.get(own, 'setPreloads'), own, [[filePath]]);
  }, rawPreload);
  await page.reload();
  await page.waitForLoadState('load');
}

const raw = (page: Page, ...values: readonly unknown[]): Promise<unknown> =>
  page.evaluate(`window.raw.invoke('vicore:call', ...${JSON.stringify(values)})`);

const refused = (code: string) =>
  expect.objectContaining({
    ok: false,
    error: expect.objectContaining({ code, correlationId: expect.any(String) }),
  });

test('a hostile page gets refusals, and the program goes on', async ({ launch }) => {
  const { app, window } = await launch();
  const page = await window('system');
  await breakPreload(app, page);

  expect(await raw(page, 'no.such.method', {})).toEqual(refused('invalid-input'));
  expect(await raw(page, '__proto__', {})).toEqual(refused('invalid-input'));
  expect(await raw(page, { toString: 1 }, {})).toEqual(refused('invalid-input'));
  expect(await raw(page)).toEqual(refused('invalid-input'));
  expect(await raw(page, 'setup.save', {})).toEqual(refused('forbidden'));
  expect(await raw(page, 'passes.get', { passId: "'; drop table" })).toEqual(refused('invalid-input'));
  expect(await raw(page, 'session.current', { more: 1 })).toEqual(refused('invalid-input'));
  expect(
    await page.evaluate(`window.raw.invoke('vicore:call', 'passes.list', { search: 'x'.repeat(5_000_000) })`),
  ).toEqual(refused('invalid-input'));
  expect(await page.evaluate(`window.raw.invoke('vicore:call', 'passes.list', new Map([[1, 2]]))`)).toEqual(
    refused('invalid-input'),
  );
  expect(await raw(page, 'session.current', {})).toEqual(expect.objectContaining({ ok: true }));
});

test('a flood is refused cheaply and only for the window that causes it', async ({ launch }) => {
  const { app, window } = await launch();
  const page = await window('system');
  await callFrom(page, 'windows.openCar', {
    passId: '00000000-0000-4000-8000-000000000001',
    vehicleIndex: 1,
  });
  const car = await window('car');
  const codes: unknown = await page.evaluate(`(async () => {
    const answers = await Promise.all(Array.from({ length: 3000 }, () => window.vicore.call('session.current', {})));
    return answers.filter((answer) => !answer.ok && answer.error.code === 'rate-limited').length;
  })()`);
  expect(codes).toBeGreaterThan(1500);
  expect(await callFrom(car, 'session.current', {})).toEqual(expect.objectContaining({ ok: true }));
  await expect
    .poll(() => callFrom(page, 'session.current', {}))
    .toEqual(expect.objectContaining({ ok: true }));
  expect(await app.evaluate(({ app: running }) => running.isReady())).toBe(true);
});

test('a window that was not recorded, another origin and an inner frame get nothing', async ({ launch }) => {
  const { app, window } = await launch();
  const page = await window('system');

  await window('car');
  // A window of nobody's, with our origin and the bare channel.
  const opened = app.waitForEvent('window');
  await app.evaluate(async ({ BrowserWindow, session }, preload) => {
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload, session: session.fromPartition('vicore') },
    });
    await stranger.loadURL('vicore-app://app/windows/system/index.html');
  }, rawPreload);
  const stranger = await opened;
  await stranger.waitForLoadState('load');
  expect(await raw(stranger, 'session.current', {})).toEqual(refused('forbidden'));

  // A recorded window whose page is of another origin.
  await breakPreload(app, page);
  await app.evaluate(async ({ BrowserWindow }) => {
    const own = BrowserWindow.getAllWindows().find(
      (candidate) => candidate.isVisible() && candidate.webContents.getURL().includes('/system/'),
    );
    await own?.loadURL('data:text/html,<title>elsewhere</title>');
  });
  await expect.poll(() => page.title()).toBe('elsewhere');
  expect(await raw(page, 'session.current', {})).toEqual(refused('forbidden'));
});

test('an inner frame has no bridge, and pages cannot have frames with content', async ({ launch }) => {
  const page = await (await launch()).window('system');
  const found: unknown = await page.evaluate(`(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const bridge = typeof frame.contentWindow.vicore;
    const node = typeof frame.contentWindow.require + typeof require + typeof process;
    frame.remove();
    return { bridge, node };
  })()`);
  expect(found).toEqual({ bridge: 'undefined', node: 'undefinedundefinedundefined' });
});

test('navigation, new windows, javascript: and redirects are blocked', async ({ launch }) => {
  const { app, window } = await launch();
  const page = await window('system');
  // The spare car window is the last that opens by itself.
  await window('car');
  const address = page.url();
  const windows = app.windows().length;
  for (const target of [
    'https://example.com/',
    'file:///etc/passwd',
    'vicore-app://app/windows/car/index.html',
  ]) {
    await page.evaluate(`location.href = ${JSON.stringify(target)}; undefined`);
    expect(await page.evaluate('typeof window.vicore')).toBe('object');
    expect(page.url()).toBe(address);
  }
  await page.evaluate(`location.href = 'javascript:document.title="owned"'; undefined`);
  expect(await page.title()).not.toBe('owned');
  expect(await page.evaluate(`window.open('https://example.com/') === null`)).toBe(true);
  expect(app.windows().length).toBe(windows);
});

test('the scheme serves the windows and nothing else of the disk', async ({ launch }) => {
  const page = await (await launch()).window('system');
  const statuses: unknown = await page.evaluate(`Promise.all([
    '/windows/system/index.html', '/../main/index.js', '/%2e%2e/main/index.js', '/..%2fmain/index.js',
    '/%2e%2e%2f%2e%2e%2fpackage.json', '/..%5c..%5cpackage.json', '/windows/', '/nothing.js', '/%00.js', '/%ff.js',
  ].map(async (path) => (await fetch('vicore-app://app' + path)).status))`);
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 404, 404, 404, 404]);
  const foreign: unknown = await page.evaluate(
    `fetch('vicore-app://other/windows/system/index.html').then((answer) => answer.status, () => 'blocked')`,
  );
  expect(['blocked', 404]).toContain(foreign);
});

test('the policy comes with every answer, inline scripts and eval do nothing', async ({ launch }) => {
  const page = await (await launch()).window('system');
  const policies: unknown =
    await page.evaluate(`Promise.all(['/windows/system/index.html', '/nothing.js'].map(
    async (path) => (await fetch(path)).headers.get('content-security-policy')))`);
  expect(policies).toEqual([
    expect.stringContaining("default-src 'none'; script-src 'self';"),
    expect.stringContaining("default-src 'none'; script-src 'self';"),
  ]);
  expect(String(policies)).not.toContain('unsafe');
  const nonces: unknown = await page.evaluate(`Promise.all([1, 2].map(async () =>
    /nonce-([^']+)/.exec((await fetch('/windows/system/index.html')).headers.get('content-security-policy'))[1]))`);
  expect(new Set(nonces as readonly string[]).size).toBe(2);
  const blocked: unknown = await page.evaluate(`(async () => {
    const found = [];
    document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.inline = true';
    document.body.append(script);
    const image = new Image();
    await new Promise((resolve) => { image.onerror = resolve; image.src = 'https://example.com/a.png'; });
    let evaluated = false;
    try { evaluated = new Function('return true')(); } catch (error) { found.push(error.name); }
    return { inline: window.inline === true, evaluated, found };
  })()`);
  expect(blocked).toEqual({
    inline: false,
    evaluated: false,
    found: expect.arrayContaining(['script-src-elem', 'img-src', 'EvalError']),
  });
});

test('no permission is granted, no device is seen, no Node is there', async ({ launch }) => {
  const page = await (await launch()).window('system');
  const found: unknown = await page.evaluate(`(async () => ({
    notification: await Notification.requestPermission(),
    geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
    media: await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', () => 'denied'),
    frozen: Object.isFrozen(window.vicore),
    node: typeof require + typeof process + typeof module,
  }))()`);
  expect(found).toEqual({
    notification: 'denied',
    geolocation: 'denied',
    media: 'denied',
    frozen: true,
    node: 'undefinedundefinedundefined',
  });
});
