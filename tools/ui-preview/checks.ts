/// <reference lib="dom" />
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { startServer } from './server.ts';

/** Tries the windows by mouse and keyboard against the fake main process, and says what does not answer. */
interface Check {
  readonly name: string;
  readonly window: 'system' | 'car';
  readonly query: string;
  readonly run: (page: Page) => Promise<boolean>;
}

const id = (name: string): string => `[data-testid="${name}"]`;

const checks: readonly Check[] = [
  {
    name: 'the train fills while it passes',
    window: 'system',
    query: 'seen=20',
    run: async (page) => {
      await page.waitForSelector(id('vehicle-tile-21'), { timeout: 8000 });
      return (await page.textContent(id('pass-cars'))) === '21 cars';
    },
  },
  {
    name: 'arrow keys move along the train, Enter opens the car',
    window: 'system',
    query: '',
    run: async (page) => {
      await page.click(id('vehicle-tile-3'));
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      const at = await page.getAttribute(id('vehicle-tile-5'), 'aria-selected');
      const title = await page.textContent(`${id('car-summary')} h2`);
      return at === 'true' && title?.includes('Car 5') === true;
    },
  },
  {
    name: 'an acknowledged alert stays in its place while the pointer is in the list',
    window: 'system',
    query: '',
    run: async (page) => {
      const first = page.locator(`${id('alert-list')} ${id('alert-row')}`).first();
      const before = await first.getAttribute('data-alert-id');
      await first.locator(id('ack-button')).click();
      await page.waitForFunction(
        () =>
          document.querySelector('[data-testid="alert-row"]')?.getAttribute('data-state') ===
          'active-acknowledged',
      );
      return (await first.getAttribute('data-alert-id')) === before;
    },
  },
  {
    name: 'and leaves it when the pointer is gone',
    window: 'system',
    query: '',
    run: async (page) => {
      const first = page.locator(`${id('alert-list')} ${id('alert-row')}`).first();
      const before = await first.getAttribute('data-alert-id');
      await first.locator(id('ack-button')).click();
      await page.click(id('vehicle-tile-1'));
      await page.waitForTimeout(200);
      return (await first.getAttribute('data-alert-id')) !== before;
    },
  },
  {
    name: 'F2 and Ctrl+Enter acknowledge without a mouse',
    window: 'system',
    query: '',
    run: async (page) => {
      const count = () => page.textContent(id('count-critical'));
      const before = await count();
      await page.keyboard.press('F2');
      await page.keyboard.press('Control+Enter');
      await page.waitForTimeout(200);
      return before !== (await count());
    },
  },
  {
    name: 'choosing a pass ends following, the button begins again',
    window: 'system',
    query: '',
    run: async (page) => {
      await page.locator(id('pass-row')).nth(3).click();
      const off = await page.getAttribute(id('follow-live'), 'aria-pressed');
      await page.waitForSelector(id('vehicle-tile-36'));
      await page.click(id('follow-live'));
      await page.waitForSelector(id('live-flag'));
      return off === 'false' && (await page.getAttribute(id('follow-live'), 'aria-pressed')) === 'true';
    },
  },
  {
    name: 'the language changes without a restart',
    window: 'system',
    query: '',
    run: async (page) => {
      await page.click(id('preferences-button'));
      await page.locator(id('language-fr')).check({ force: true });
      await page.waitForFunction(() => document.documentElement.lang === 'fr');
      return (await page.textContent(`${id('alert-list')} h2`)) === 'Alertes';
    },
  },
  {
    name: 'a pass is confirmed when its alerts are acknowledged',
    window: 'system',
    query: 'scenario=ended',
    run: async (page) => {
      for (let act = 0; act < 7; act += 1) {
        await page.keyboard.press('F2');
        await page.keyboard.press('Control+Enter');
        await page.waitForTimeout(80);
      }
      await page.click(id('confirm-open'));
      await page.fill(id('confirm-notes'), 'Inspected.');
      await page.click(id('confirm-button'));
      await page.waitForSelector(id('confirmed-by'));
      return true;
    },
  },
  {
    name: 'older passes come by scrolling',
    window: 'system',
    query: '',
    run: async (page) => {
      await page.locator(id('pass-list')).focus();
      await page.keyboard.press('End');
      await page.waitForTimeout(300);
      await page.keyboard.press('End');
      await page.waitForTimeout(300);
      await page.keyboard.press('End');
      return (await page.locator(`${id('pass-row')}[data-pass-id$="000000000260"]`).count()) === 1;
    },
  },
  {
    name: 'search finds a train',
    window: 'system',
    query: '',
    run: async (page) => {
      await page.fill(id('pass-search'), '6380');
      await page.waitForFunction(() => document.querySelectorAll('[data-testid="pass-row"]').length === 1);
      return true;
    },
  },
  {
    name: 'arrow keys go to the next car, Alt with arrows along its springs',
    window: 'car',
    query: 'car=5&position=2La',
    run: async (page) => {
      await page.waitForSelector(id('car-diagram'));
      await page.keyboard.press('Alt+ArrowRight');
      const spring = await page.getAttribute(id('spring-2Lb'), 'aria-pressed');
      await page.keyboard.press('ArrowRight');
      await page.waitForSelector(`${id('car-title')}[data-index="6"]`);
      return spring === 'true';
    },
  },
  {
    name: 'the picture of the selected spring is shown',
    window: 'car',
    query: 'car=12&position=3Rb',
    run: async (page) => {
      const image = page.locator(id('spring-image'));
      await image.waitFor();
      return image.evaluate((element) => element instanceof HTMLImageElement && element.naturalWidth > 0);
    },
  },
  {
    name: 'a point of the trend opens its pass in this window',
    window: 'car',
    query: 'car=12&position=3Rb',
    run: async (page) => {
      await page.waitForSelector('.trend-canvas canvas');
      await page.locator('.u-over').click({ position: { x: 200, y: 60 } });
      await page.waitForFunction(
        () =>
          !document
            .querySelector('[data-testid="car-title"]')
            ?.getAttribute('data-pass-id')
            ?.endsWith('000000000001'),
      );
      return true;
    },
  },
  {
    name: 'acknowledging in the car view with a comment',
    window: 'car',
    query: 'car=12&position=3Rb',
    run: async (page) => {
      await page.locator(id('ack-comment')).first().fill('Seen by the crew');
      await page.locator(id('ack-button')).first().click();
      await page.waitForSelector(`${id('spring-panel')} [data-state="active-acknowledged"]`);
      return (await page.textContent(id('spring-panel')))?.includes('Seen by the crew') === true;
    },
  },
];

const wanted = process.argv.slice(2);
const { server, origin } = await startServer(fileURLToPath(new URL('../../out/ui-preview', import.meta.url)));
const browser = await chromium.launch({
  executablePath: process.env['VICORE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
let faults = 0;
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
