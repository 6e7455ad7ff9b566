/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { alertPageShots } from './admin-alerts-shots.ts';
import { referenceShots } from './admin-reference-shots.ts';
import { adminShots } from './admin-shots.ts';
import { liveShots } from './live-shots.ts';
import { alertShots } from './alert-shots.ts';
import { startServer } from './server.ts';
import { sessionShots } from './session-shots.ts';

/** All that was asked for is there: chunks, fonts, pictures; and drawn, with one frame for what measures itself. */
const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame += 1) await new Promise((done) => requestAnimationFrame(done));
  });
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}tests/output/ui-preview`;
const wanted = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const { server, origin } = await startServer(`${root}out/ui-preview`);
const browser = await chromium.launch({
  executablePath: process.env['VICORE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
let faults = 0;
const shots = [
  ...liveShots,
  ...alertShots,
  ...sessionShots,
  ...referenceShots,
  ...adminShots,
  ...alertPageShots,
];
for (const shot of shots.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
)) {
  const context = await browser.newContext({
    viewport: { width: shot.width ?? 1920, height: shot.height ?? 1080 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(4000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      console.log(`  ${shot.name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.log(`  ${shot.name}: ${error.message}`));
  if (shot.query.includes('scenario=stale')) await page.clock.install();
  await page.goto(`${origin}/windows/${shot.window}/index.html?${shot.query}`);
  try {
    await page.waitForSelector('#root > *');
    if (shot.query.includes('scenario=stale')) await page.clock.runFor(1000);
    await page.waitForLoadState('networkidle');
    await shot.act?.(page);
  } catch (error) {
    console.log(`  ${shot.name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    faults += 1;
  }
  if (!shot.query.includes('scenario=stale')) await settled(page);
  await page.screenshot({ path: `${folder}/${shot.name}.png` });
  if (!shot.query.includes('scenario=stale')) {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    for (const { id, impact, nodes } of violations) {
      console.log(
        `  ${shot.name}: axe ${impact ?? ''} ${id} × ${nodes.length}: ${nodes[0]?.html.slice(0, 160) ?? ''} | ${nodes[0]?.failureSummary?.replaceAll('\n', ' ').slice(0, 220) ?? ''}`,
      );
      if (impact === 'serious' || impact === 'critical') faults += 1;
    }
  }
  console.log(shot.name);
  await context.close();
}
await browser.close();
server.close();
console.log(`pictures in ${folder}; ${faults} fault(s)`);
process.exitCode = faults === 0 ? 0 : 1;
