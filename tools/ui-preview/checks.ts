import { chromium } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { alertPageChecks } from './admin-alerts-checks.ts';
import { adminChecks } from './admin-checks.ts';
import { alertChecks } from './alert-checks.ts';
import { id } from './check.ts';
import { liveChecks } from './live-checks.ts';
import { startServer } from './server.ts';
import { sessionChecks } from './session-checks.ts';

/** Tries the windows by mouse and keyboard against the fake main process, and says what does not answer. */
const wanted = process.argv.slice(2);
const { server, origin } = await startServer(fileURLToPath(new URL('../../out/ui-preview', import.meta.url)));
const browser = await chromium.launch({
  executablePath: process.env['VICORE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
let faults = 0;
const checks = [...liveChecks, ...alertChecks, ...sessionChecks, ...adminChecks, ...alertPageChecks];
for (const check of checks.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
)) {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  page.setDefaultTimeout(4000);
  page.on('pageerror', (error) => console.log(`  ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`  ${message.text()}`);
  });
  await page.goto(`${origin}/windows/${check.window}/index.html?${check.query}`);
  await page.waitForSelector(id('banner'));
  const passed = await check.run(page).catch((error: unknown) => {
    console.log(`  ${String(error).split('\n').slice(0, 2).join(' ')}`);
    return false;
  });
  if (!passed) faults += 1;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${check.name}`);
  await page.close();
}
await browser.close();
server.close();
process.exitCode = faults === 0 ? 0 : 1;
