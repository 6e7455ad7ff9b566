import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startServer } from './server.ts';

interface Shot {
  readonly name: string;
  readonly window: 'system' | 'car' | 'setup';
  readonly query: string;
  readonly width?: number;
  readonly height?: number;
  readonly act?: (page: Page) => Promise<void>;
}

const tile = (index: number) => `[data-testid="vehicle-tile-${index}"]`;

const shots: readonly Shot[] = [
  { name: 'system-dark-en', window: 'system', query: 'theme=dark', act: (page) => page.click(tile(12)) },
  {
    name: 'system-light-fr',
    window: 'system',
    query: 'theme=light&language=fr',
    act: (page) => page.click(tile(12)),
  },
  {
    name: 'system-large',
    window: 'system',
    query: 'size=large&theme=dark',
    act: (page) => page.click(tile(12)),
  },
  { name: 'system-wall', window: 'system', query: 'size=wall&theme=dark' },
  {
    name: 'system-wall-4k',
    window: 'system',
    query: 'size=wall&theme=light',
    width: 3840,
    height: 2160,
    act: (page) => page.click(tile(12)),
  },
  {
    name: 'system-small',
    window: 'system',
    query: 'theme=dark',
    width: 1280,
    height: 800,
    act: (page) => page.click(tile(12)),
  },
  { name: 'system-empty', window: 'system', query: 'scenario=empty' },
  { name: 'system-loading', window: 'system', query: 'scenario=loading' },
  { name: 'system-failed', window: 'system', query: 'scenario=failed&theme=light' },
  { name: 'system-offline', window: 'system', query: 'scenario=offline', act: (page) => page.click(tile(5)) },
  { name: 'system-link-down', window: 'system', query: 'scenario=link-down' },
  {
    name: 'system-stale',
    window: 'system',
    query: 'scenario=stale',
    act: async (page) => {
      await page.clock.runFor(40_000);
    },
  },
  {
    name: 'system-alert-open',
    window: 'system',
    query: 'scenario=ended&theme=dark',
    act: async (page) => {
      await page.keyboard.press('F2');
      await page.keyboard.press('F2');
      await page.waitForSelector('[data-testid="ack-comment"]');
    },
  },
  {
    name: 'system-confirm',
    window: 'system',
    query: 'scenario=ended&theme=dark',
    act: async (page) => {
      await page.click('[data-pass-id$="000000000001"][data-testid="pass-row"]');
      await page.click('[data-testid="confirm-open"]');
      await page.click('[data-testid="confirm-button"]');
      await page.click('[data-testid="confirm-jump"]');
    },
  },
  { name: 'system-help', window: 'system', query: 'theme=dark', act: (page) => page.keyboard.press('F1') },
  {
    name: 'system-preferences-fr',
    window: 'system',
    query: 'theme=light&language=fr',
    act: (page) => page.click('[data-testid="preferences-button"]'),
  },
  {
    name: 'system-rejected',
    window: 'system',
    query: 'theme=dark',
    act: (page) => page.click('[data-testid="rejected-count"]'),
  },
  { name: 'system-flood', window: 'system', query: 'scenario=flood&theme=dark' },
  { name: 'car-dark-en', window: 'car', query: 'theme=dark&car=12&position=3Rb' },
  { name: 'car-light-fr', window: 'car', query: 'theme=light&language=fr&car=12&position=3Rb' },
  { name: 'car-8-axles', window: 'car', query: 'theme=dark&car=21&position=5La' },
  { name: 'car-2-axles', window: 'car', query: 'theme=light&car=22&position=1Ra' },
  { name: 'car-unidentified', window: 'car', query: 'theme=dark&car=16&position=3Rb' },
  { name: 'car-end-b', window: 'car', query: 'theme=dark&car=9' },
  { name: 'car-large', window: 'car', query: 'size=large&theme=dark&car=12&position=3Rb' },
  { name: 'car-wall', window: 'car', query: 'size=wall&theme=dark&car=12&position=3Rb' },
  { name: 'car-offline', window: 'car', query: 'scenario=offline&theme=dark&car=12&position=3Rb' },
  { name: 'car-loading', window: 'car', query: 'scenario=loading&car=12' },
  { name: 'car-failed', window: 'car', query: 'scenario=failed&car=12' },
  { name: 'setup-light', window: 'setup', query: 'theme=light', width: 1100, height: 900 },
  {
    name: 'setup-tested-fr',
    window: 'setup',
    query: 'theme=dark&language=fr',
    width: 1100,
    height: 1100,
    act: async (page) => {
      await page.fill('[data-testid="setup-name"]', 'RCC-COQ-02');
      await page.fill('[data-testid="setup-hosts"]', '127.0.0.1:5432');
      await page.fill('[data-testid="setup-url-0"]', 'wss://cameras-t2.example/stream');
      await page.click('[data-testid="setup-test-all"]');
      await page.waitForSelector('[data-testid="setup-camera-0-result"][data-reachable]');
    },
  },
];

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
  if (!shot.query.includes('scenario=stale')) await page.waitForTimeout(250);
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
