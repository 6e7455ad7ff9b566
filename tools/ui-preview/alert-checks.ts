/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { id } from './check.ts';
import type { Check } from './check.ts';

const rows = `${id('alert-list')} ${id('alert-row')}`;
const row = (page: Page, end: string) => page.locator(`${rows}[data-alert-id$="${end}"]`);
const panel = (page: Page, name: string) => page.locator(`${id('alert-panel')} ${id(name)}`);

/** Opens everything about an alert beside the list. */
const openDetail = async (page: Page, end: string): Promise<void> => {
  await row(page, end).locator('.alert-main').click();
  await page.click(id('alert-details'));
  await page.waitForSelector(id('alert-history'));
};

/** What a person reads in the history: kinds of events, oldest first. */
const kinds = (page: Page): Promise<readonly (string | null)[]> =>
  page
    .locator(`${id('alert-history')} li`)
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-kind')));

/** Runs in the page before anything else: the longest tasks of the main thread, ms. */
const watchTasks = (): void => {
  const long: number[] = [];
  Object.assign(globalThis, { longTasks: long });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long.push(entry.duration);
  }).observe({ type: 'longtask', buffered: false });
};

/** A task may block the window for so long at most, ms. */
const longestTask = 50;

export const alertChecks: readonly Check[] = [
  {
    name: 'an acknowledgement of the banner can be undone, and the row says the same',
    window: 'system',
    query: 'scenario=managed',
    run: async (page) => {
      await page.click(id('banner-acknowledge'));
      await row(page, '90000.4').locator(id('undo-button')).waitFor();
      await page.click(id('banner-undo'));
      await page.waitForSelector(`${rows}[data-alert-id$="90000.4"][data-state="active-unacknowledged"]`);
      return (await page.locator(id('banner-undo')).count()) === 0;
    },
  },
  {
    name: 'a double click on the banner acknowledges one alert',
    window: 'system',
    query: 'scenario=managed',
    run: async (page) => {
      await page.dblclick(id('banner-acknowledge'));
      await page.waitForFunction(
        () => document.querySelector('[data-testid="count-critical"]')?.textContent?.endsWith('3') === true,
      );
      return (await page.textContent(id('count-acknowledged')))?.startsWith('7') === true;
    },
  },
  {
    name: 'several alerts are marked by Ctrl, Shift and Space, and acknowledged by name; what failed is named',
    window: 'system',
    query: 'scenario=managed',
    run: async (page) => {
      await row(page, '000000090071')
        .locator('.alert-main')
        .click({ modifiers: ['Control'] });
      await row(page, '000000090003')
        .locator('.alert-main')
        .click({ modifiers: ['Shift'] });
      if ((await page.textContent(id('bulk-count'))) !== '2 marked') return false;
      await page.click(id('bulk-acknowledge'));
      if ((await page.locator(`${id('bulk-names')} li`).count()) !== 2) return false;
      await page.click(id('bulk-confirm-button'));
      await page.waitForSelector(`${id('bulk-outcome')}[data-failed="1"]`);
      const said = await page.textContent(id('bulk-outcome'));
      return said?.includes('1 alert acknowledged') === true && said.includes('B. Lee');
    },
  },
  {
    name: 'the list by keys alone: arrows, Space, Shift with arrows, Escape; none of them acknowledges',
    window: 'system',
    query: 'scenario=managed',
    run: async (page) => {
      const before = await page.textContent(id('alert-totals'));
      await page.locator('.alerts-rows').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      await page.keyboard.press('Shift+ArrowDown');
      const marked = await page.textContent(id('bulk-count'));
      await page.keyboard.press('ArrowRight');
      await page.waitForSelector(`${id('alert-group')} [aria-expanded="true"]`);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      const gone = (await page.locator(id('bulk-bar')).count()) === 0;
      return marked === '5 marked' && gone && (await page.textContent(id('alert-totals'))) === before;
    },
  },
  {
    name: 'F2 brings an alert of a folded vehicle that came while the list stood still',
    window: 'system',
    query: 'scenario=flood-live',
    run: async (page) => {
      await page.waitForSelector(id('alert-row'));
      await page.locator('.alerts-rows').focus();
      await page.keyboard.press('ArrowDown');
      await page.waitForSelector(id('alerts-new'));
      await page.waitForFunction(
        () =>
          Number(/\d+/.exec(document.querySelector('[data-testid="alerts-new"]')?.textContent ?? '')?.[0]) >
          4000,
        undefined,
        { timeout: 30_000 },
      );
      for (let press = 0; press < 3; press += 1) {
        await page.keyboard.press('F2');
        await page.waitForSelector(`${rows}[data-selected="true"]`);
      }
      return true;
    },
  },
  {
    name: 'Ctrl+C copies the marked alerts as text',
    window: 'system',
    query: 'scenario=managed',
    run: async (page) => {
      await page.locator('.alerts-rows').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      const copied = page.evaluate(
        () =>
          new Promise<string>((resolve) => {
            document.addEventListener('copy', (event) =>
              resolve(event.clipboardData?.getData('text/plain') ?? ''),
            );
          }),
      );
      await page.keyboard.press('Control+c');
      return (await copied).includes('6412 · car 17');
    },
  },
  {
    name: 'the search, the state and the train narrow the list; all is shown again by one button',
    window: 'system',
    query: 'scenario=managed',
    run: async (page) => {
      await page.fill(id('alerts-search'), 'escalated');
      await page.waitForFunction(() => document.querySelector('[data-testid="alert-row"]') === null);
      await page.fill(id('alerts-search'), 'Alan Martin');
      await page.locator(rows).first().waitFor();
      await page.fill(id('alerts-search'), '');
      await page.click(id('alerts-more-filters'));
      await page.fill(id('alerts-train'), '6409');
      await page.selectOption(id('alerts-state'), 'active-unacknowledged');
      await page.waitForFunction(() => document.querySelectorAll('[data-testid="alert-row"]').length === 2);
      await page.click(id('alerts-export'));
      await page.waitForFunction(() =>
        document.querySelector('[data-testid="alerts-exported"]')?.textContent?.includes('.csv'),
      );
      await page.click(id('alerts-filters-clear'));
      await page.waitForFunction(() => document.querySelectorAll('[data-testid="alert-row"]').length > 5);
      return true;
    },
  },
  {
    name: 'an alert is shelved with a reason, counted, listed there and taken off again',
    window: 'system',
    query: 'scenario=managed&session=supervisor',
    run: async (page) => {
      await openDetail(page, '000000090071');
      await panel(page, 'shelve-open').click();
      await panel(page, 'shelve-minutes').fill('1441');
      await panel(page, 'shelve-reason').fill('Being cleaned');
      if (await panel(page, 'shelve-confirm').isEnabled()) return false;
      await panel(page, 'shelve-minutes').fill('30');
      await panel(page, 'shelve-confirm').click();
      await panel(page, 'alert-shelf').waitFor();
      await page.click(id('vehicle-tile-1'));
      await row(page, '000000090071').waitFor({ state: 'detached' });
      await page.click(id('count-shelved'));
      await row(page, '000000090071').locator('.alert-main').click();
      await panel(page, 'unshelve-button').click();
      await panel(page, 'shelve-open').waitFor();
      return (await kinds(page)).slice(-2).join(' ') === 'shelved unshelved';
    },
  },
  {
    name: 'an alert is handed over with words, taken back, and a verdict is recorded and corrected',
    window: 'system',
    query: 'scenario=managed&session=supervisor',
    run: async (page) => {
      await openDetail(page, '000000090073');
      await panel(page, 'take-button').click();
      await panel(page, 'alert-owner').getByText('Sophie Lambert').waitFor();
      await panel(page, 'hand-over-open').click();
      await panel(page, 'hand-over-to').selectOption('alan');
      await panel(page, 'hand-over-confirm').click();
      await panel(page, 'alert-owner').getByText('Alan Martin').waitFor();
      await panel(page, 'verdict-open').click();
      await panel(page, 'verdict-false').check();
      await panel(page, 'verdict-confirm').click();
      await page.waitForSelector(`${id('alert-verdict')}[data-verdict="false"]`);
      const conversation = await page.textContent(id('conversation'));
      const shown = (await kinds(page)).slice(-3).join(' ');
      // What people write is text, whatever it looks like.
      return (
        shown === 'handed-over handed-over verdict' && conversation?.includes('<b>not bold</b>') === true
      );
    },
  },
  {
    name: 'steps ticked in the car view are kept with the acknowledgement',
    window: 'car',
    query: 'scenario=managed&car=12&position=3Rb',
    run: async (page) => {
      const broken = page.locator(`${id('spring-panel')} [data-alert-id$="90001"]${id('alert-row')}`);
      await broken.locator(id('guidance-step')).first().check();
      await broken.locator(id('ack-button')).click();
      await broken.locator(`${id('alert-history')} [data-kind="acknowledged"]`).waitFor();
      const said = await broken.locator(id('alert-history')).textContent();
      return said?.includes('☑ Picture looked at') === true && said.includes('☐ Train held');
    },
  },
  {
    name: 'F8 silences, a mute shows its end, and the volume has a floor',
    window: 'car',
    query: 'scenario=managed&sound=sounding',
    run: async (page) => {
      await page.waitForSelector(`${id('sound')}[data-standing="sounding"]`);
      await page.keyboard.press('F8');
      await page.waitForSelector(`${id('sound')}[data-standing="silenced"]`);
      await page.click(id('sound-button'));
      await page.click(id('sound-mute-5'));
      await page.waitForSelector(id('sound-muted'));
      await page.locator(id('sound-volume')).focus();
      for (let press = 0; press < 20; press += 1) await page.keyboard.press('ArrowLeft');
      const least = await page.inputValue(id('sound-volume'));
      await page.click(id('unmute-now'));
      await page.waitForSelector(id('sound-muted'), { state: 'detached' });
      return least === '20';
    },
  },
  {
    name: 'a supervisor records maintenance with a reason; an operator is told who may',
    window: 'car',
    query: 'scenario=managed&session=supervisor&car=12&position=3Rb',
    run: async (page) => {
      await page.click(id('maintenance-open'));
      if (await page.locator(id('maintenance-confirm')).isEnabled()) return false;
      await page.fill(id('maintenance-reason'), 'Nest 3Rb renewed');
      await page.click(id('maintenance-confirm'));
      await page.waitForSelector(id('maintenance-done'));
      return true;
    },
  },
  {
    name: 'a flood of 5,000 alerts: exact counts, announced, and no task that blocks the window',
    window: 'system',
    query: 'scenario=flood-live',
    run: async (page) => {
      await page.evaluate(watchTasks);
      await page.waitForFunction(
        () => {
          const shown = (name: string): number =>
            Number(/\d+$/.exec(document.querySelector(`[data-testid="${name}"]`)?.textContent ?? '')?.[0]);
          return shown('count-critical') + shown('count-warning') === 5000;
        },
        undefined,
        { timeout: 60_000 },
      );
      await page.waitForSelector(id('condition-flood'));
      const scroller = page.locator('.alerts-rows');
      for (let step = 0; step < 20; step += 1) {
        await scroller.evaluate((element) => element.scrollBy(0, 2000));
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
      }
      const long = await page.evaluate(() => Reflect.get(globalThis, 'longTasks') as number[]);
      const longest = Math.max(0, ...long);
      console.log(`  tasks over ${longestTask} ms: ${long.length}, longest ${Math.round(longest)} ms`);
      return longest <= longestTask;
    },
  },
];
