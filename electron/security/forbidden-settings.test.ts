import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const sources = globSync('{electron,preload,renderer,main}/**/*.{ts,tsx,html}', { cwd: root }).filter(
  (path) => !path.includes('.test.'),
);

/** What docs/security.md says is nowhere: settings that open a hole by being present at all. */
const forbidden: readonly (readonly [string, RegExp])[] = [
  ['2 Node in pages', /nodeIntegration\w*:\s*true/],
  ['3 a shared context', /contextIsolation:\s*false/],
  ['4 no sandbox', /sandbox:\s*false|appendSwitch\(['"]no-sandbox/],
  ['6 no web security', /webSecurity:\s*false|disable-web-security/],
  ['8 insecure content', /allowRunningInsecureContent/],
  ['9 experimental features', /experimentalFeatures/],
  ['10 Blink features', /enableBlinkFeatures|enable-blink-features/],
  ['11 embedded views', /<webview|allowpopups|webviewTag:\s*true/],
  ['18 pages from files', /file:\/\/|loadFile\(/],
  ['crash reports, which would carry the memory of main', /crashReporter/],
  ['certificates not checked', /ignore-certificate-errors|NODE_TLS_REJECT_UNAUTHORIZED/],
  ['code from text', /\beval\(|new Function\(|unsafe-inline|unsafe-eval|dangerouslySetInnerHTML/],
  ['synchronous IPC and remote', /sendSync|ipcMain\.on\(|@electron\/remote/],
];

describe('nowhere in the program is', () => {
  test('a file left out of the search', () => {
    expect(sources).toContain(join('electron', 'windows', 'create-window.ts'));
    expect(sources.length).toBeGreaterThan(50);
  });

  test.each(forbidden)('%s', (_name, pattern) => {
    expect(sources.filter((path) => pattern.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  test('15 an address opened outside, but for the checked one of the sign-in', () => {
    const found = sources.filter((path) => /openExternal/.test(readFileSync(join(root, path), 'utf8')));
    expect(found).toEqual([join('electron', 'sign-in', 'sign-in-pages.ts')]);
  });

  test('a server whose certificate is not checked, but for the documented setting "tls": "require"', () => {
    const found = sources.filter((path) =>
      /rejectUnauthorized:\s*false/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(found).toEqual([join('main', 'postgres', 'connection.ts')]);
  });
});
