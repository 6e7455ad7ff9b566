/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { id } from './check.ts';
import type { Check } from './check.ts';

const openGuidance = async (page: Page, rule: string): Promise<void> => {
  await page.click(id('navigate-guidance'));
  await page.click(`${id('guidance-list-row')}[data-id="${rule}"]`);
  await page.waitForSelector(id('guidance-editor'));
};
const steps = (page: Page): Promise<readonly string[]> =>
  page
    .locator(id('guidance-step-en'))
    .evaluateAll((all) => all.map((each) => (each instanceof HTMLInputElement ? each.value : '')));

/** Runs in the page: some severity is in the list, and nothing of any is cut off or out of sight, mark and word. */
const severitiesWhole = (): boolean => {
  const all = [...document.querySelectorAll('[data-testid="guidance-severity"]')];
  return (
    all.length > 0 &&
    all.every((each) => {
      const cell = each.closest('[role="gridcell"]');
      const mark = each.querySelector('.state-mark')?.getBoundingClientRect();
      if (cell === null || mark === undefined || each.textContent.trim() === '') return false;
      const { left, right } = each.getBoundingClientRect();
      const inSight = left >= 0 && right <= innerWidth && mark.width > 0 && mark.left >= left - 1;
      return inSight && cell.scrollWidth <= cell.clientWidth;
    })
  );
};

/** Guidance by keyboard, what must not be lost of it; and the figures as picture, table and text. */
export const alertPageChecks: readonly Check[] = [
  ...(['en', 'fr'] as const).flatMap((language) =>
    (['desk', 'large'] as const).map((size): Check => ({
      name: `guidance: the list says every severity by mark and word at every width (${language}, ${size})`,
      window: 'admin',
      query: `session=admin&language=${language}&size=${size}`,
      run: async (page) => {
        await page.click(id('navigate-guidance'));
        for (const open of [false, true]) {
          if (open) await page.locator(id('guidance-list-row')).first().click();
          for (const width of [480, 640, 800, 1024, 1088, 1152, 1280, 1440, 1920]) {
            await page.setViewportSize({ width, height: 1400 });
            await page.waitForFunction(severitiesWhole);
          }
        }
        return true;
      },
    })),
  ),
  {
    name: 'guidance: steps are added, moved and removed by keyboard; the focus goes with them',
    window: 'admin',
    query: 'session=admin',
    run: async (page) => {
      await openGuidance(page, 'defect/critical');
      await page.focus(id('guidance-step-add'));
      await page.keyboard.press('Enter');
      await page.keyboard.type('Train number noted');
      await page.keyboard.press('Alt+ArrowUp');
      await page.keyboard.press('Alt+ArrowUp');
      await page.keyboard.type('!');
      const moved = await steps(page);
      await page.locator(id('guidance-step-remove')).nth(2).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.type('?');
      const removed = await steps(page);
      return (
        moved.join('|') ===
          'Picture looked at|Train number noted!|Rolling-stock controller called|Train held or speed limited' &&
        removed.join('|') === 'Picture looked at|Train number noted!|Train held or speed limited?'
      );
    },
  },
  {
    name: 'guidance: a draft survives another page, a lock and the sign-in after it, and is saved',
    window: 'admin',
    query: 'session=admin',
    run: async (page) => {
      await openGuidance(page, 'height/critical');
      const missing = await page.isVisible(id('guidance-missing-fr'));
      await page.fill(id('guidance-text-fr'), 'Comparer avec le ressort opposé.');
      await page.click(id('navigate-users'));
      await page.click(id('navigate-guidance'));
      await page.click(id('session-button'));
      await page.click(id('lock'));
      await page.waitForSelector(id('missing-rights'));
      await page.click(id('page-sign-in'));
      await page.waitForSelector(id('guidance-save'), { state: 'visible' });
      const kept = await page.inputValue(id('guidance-text-fr'));
      await page.click(id('guidance-save'));
      await page.waitForSelector(id('guidance-draft'), { state: 'detached' });
      return (
        missing &&
        kept === 'Comparer avec le ressort opposé.' &&
        !(await page.isVisible(id('guidance-missing-fr'))) &&
        (await page.inputValue(id('guidance-text-fr'))) === kept
      );
    },
  },
  {
    name: 'guidance: whoever takes over finds no draft of somebody else’s',
    window: 'admin',
    query: 'session=admin',
    run: async (page) => {
      await openGuidance(page, 'height/critical');
      await page.fill(id('guidance-text-fr'), 'Pas pour les autres');
      await page.waitForSelector(id('guidance-drafts'));
      await page.click(id('session-button'));
      await page.click(id('change-operator'));
      await page.waitForSelector(id('navigate-users'), { state: 'detached' });
      return (
        (await page.locator(`${id('guidance-drafts')} >> visible=true`).count()) === 0 &&
        (await page.locator(`${id('guidance-text-fr')} >> visible=true`).count()) === 0
      );
    },
  },
  {
    name: 'guidance: somebody else’s save is shown, chosen from part by part, and never overwritten unseen',
    window: 'admin',
    query: 'session=admin&other=saves',
    run: async (page) => {
      await openGuidance(page, 'defect/critical');
      await page.fill(id('guidance-text-en'), 'Mine');
      await page.fill(id('guidance-text-fr'), 'Le mien');
      await page.click(id('guidance-save'));
      await page.waitForSelector(id('guidance-conflict'));
      const rows = await page.locator(id('guidance-difference-row')).count();
      const blocked = await page.isDisabled(id('guidance-save'));
      await page.check(id('guidance-prefer-theirs-textEn'), { force: true });
      await page.click(id('guidance-apply-mine'));
      await page.waitForSelector(id('guidance-conflict'), { state: 'detached' });
      await page.click(id('guidance-save'));
      await page.waitForSelector(id('guidance-draft'), { state: 'detached' });
      return (
        rows === 3 &&
        blocked &&
        (await page.inputValue(id('guidance-text-en'))).includes('4420') &&
        (await page.inputValue(id('guidance-text-fr'))) === 'Le mien' &&
        (await steps(page)).length === 2
      );
    },
  },
  {
    name: 'guidance: tags are text, 4,000 characters fit and no more, control characters do not come in',
    window: 'admin',
    query: 'session=admin',
    run: async (page) => {
      await openGuidance(page, 'trend/warning');
      const shown = await page.textContent(id('guidance-preview-en'));
      await page.fill(id('guidance-text-en'), `a\u0007b${'x'.repeat(3_997)}`);
      await page.focus(id('guidance-text-en'));
      await page.keyboard.press('End');
      await page.keyboard.type('yz');
      const text = await page.inputValue(id('guidance-text-en'));
      return (
        shown?.includes('<script>alert(1)</script>') === true &&
        text.length === 4_000 &&
        text.startsWith('abx')
      );
    },
  },
  {
    name: 'statistics: the table says what the picture says, and goes as text',
    window: 'admin',
    query: 'session=supervisor',
    run: async (page) => {
      await page.waitForSelector(id('figures'));
      await page.focus(id('time-chart'));
      await page.keyboard.press('Home');
      const read = await page.textContent(id('chart-read'));
      await page.click(id('series-open'));
      const row = await page
        .locator(`${id('series-row')} >> nth=0`)
        .locator('th, td')
        .allTextContents();
      await page.click(id('series-copy'));
      const text = await page.inputValue(id('series-text'));
      const [, first] = text.split('\n');
      return (
        read === `${row[0]}: ${row[1]} critical, ${row[2]} warnings` &&
        first === row.join('\t') &&
        text.split('\n').length === 1 + (await page.locator(id('series-row')).count())
      );
    },
  },
  {
    name: 'statistics: an impossible range says why and asks nothing',
    window: 'admin',
    query: 'session=supervisor',
    run: async (page) => {
      await page.waitForSelector(id('figures'));
      await page.click(id('statistics-period-own'));
      const problem = async (from: string, to: string): Promise<string | null> => {
        await page.fill(id('statistics-from'), from);
        await page.fill(id('statistics-to'), to);
        return page.getAttribute(id('statistics-problem'), 'data-problem');
      };
      return (
        (await problem('2026-11-20', '2026-11-19')) === 'backwards' &&
        (await problem('2020-01-01', '2026-11-19')) === 'too-long' &&
        (await problem('2020-13-01', '2026-11-19')) === 'unreadable' &&
        (await page.isVisible(id('figures')))
      );
    },
  },
];
