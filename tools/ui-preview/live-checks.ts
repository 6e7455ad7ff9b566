/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { id } from './check.ts';
import type { Check } from './check.ts';

const counts = `${id('count-critical')}, ${id('count-warning')}`;

/** How many alerts wait, as the banner says. */
const unacknowledged = async (page: Page): Promise<number> => {
  const texts = await page.locator(counts).allTextContents();
  return texts.reduce((sum, text) => sum + Number(/\d+$/.exec(text)?.[0]), 0);
};

/** The live windows. */
export const liveChecks: readonly Check[] = [
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
      await page.waitForFunction(
        (gone) => document.querySelector('[data-testid="alert-row"]')?.getAttribute('data-alert-id') !== gone,
        before,
      );
      return true;
    },
  },
  {
    name: 'F2 and Ctrl+Enter acknowledge without a mouse',
    window: 'system',
    query: '',
    run: async (page) => {
      const before = await page.textContent(id('count-critical'));
      await page.keyboard.press('F2');
      await page.keyboard.press('Control+Enter');
      await page.waitForFunction(
        (count) => document.querySelector('[data-testid="count-critical"]')?.textContent !== count,
        before,
      );
      return true;
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
      for (let left = await unacknowledged(page); left > 0; left = await unacknowledged(page)) {
        await page.keyboard.press('F2');
        await page.keyboard.press('Control+Enter');
        await page.waitForFunction(
          ([selector, before]) =>
            [...document.querySelectorAll(selector)].reduce(
              (sum, each) => sum + Number(/\d+$/.exec(each.textContent ?? '')?.[0]),
              0,
            ) < before,
          [counts, left] as const,
        );
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
      const oldest = `${id('pass-row')}[data-pass-id$="000000000260"]`;
      const rows = page.locator(`${id('pass-list')} .virtual`);
      while ((await page.locator(oldest).count()) === 0) {
        const before = await rows.evaluate((element) => element.clientHeight);
        await page.keyboard.press('End');
        await page.waitForFunction(
          ([selector, height]) =>
            document.querySelector(selector) !== null ||
            (document.querySelector('[data-testid="pass-list"] .virtual')?.clientHeight ?? 0) > height,
          [oldest, before] as const,
        );
      }
      return true;
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
