import type { Page } from '@playwright/test';
import type { Shot } from './shot.ts';

type Act = (page: Page) => Promise<void>;

const at = (testId: string): string => `[data-testid="${testId}"]`;
const open =
  (name: string, ready: string, act?: Act): Act =>
  async (page) => {
    await page.click(at(`navigate-${name}`));
    await page.waitForSelector(at(ready));
    await act?.(page);
  };
const firstRow =
  (testId: string): Act =>
  (page) =>
    page
      .locator(at(`${testId}-row`))
      .first()
      .click();

const edit: Act = async (page) => {
  await page.click(at('threshold-edit'));
  await page.waitForSelector(at('threshold-draft'));
};
const change: Act = async (page) => {
  await edit(page);
  await page.focus(at('handle-warningLowCmm'));
  for (let count = 0; count < 3; count += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowLeft');
};

const states: readonly (readonly [name: string, act: Act])[] = [
  ['thresholds', open('thresholds', 'threshold-version')],
  ['thresholds-draft', open('thresholds', 'threshold-version', change)],
  [
    'thresholds-common',
    open('thresholds', 'threshold-version', async (page) => {
      await edit(page);
      await page.click(at('threshold-tab-common'));
    }),
  ],
  [
    'thresholds-impossible',
    open('thresholds', 'threshold-version', async (page) => {
      await edit(page);
      await page.fill(at('field-carrier-truck/warningLowCmm'), '270');
      await page.fill(at('field-carrier-truck/dropCmm'), 'six');
    }),
  ],
  [
    'thresholds-trial',
    open('thresholds', 'threshold-version', async (page) => {
      await change(page);
      await page.click(at('trial-run'));
      await page.waitForSelector(at('trial-counts'));
      await page.click(at('effect-later'));
      await page.locator(at('threshold-save-form')).scrollIntoViewIfNeeded();
    }),
  ],
  [
    'thresholds-conflict',
    open('thresholds', 'threshold-version', async (page) => {
      await change(page);
      await page.fill(at('reason'), 'Springs renewed on all truck carriers');
      await page.click(at('threshold-save'));
      await page.waitForSelector(at('threshold-conflict'));
      await page.locator(at('threshold-conflict')).scrollIntoViewIfNeeded();
    }),
  ],
  ['vehicle-types', open('vehicle-types', 'vehicle-types', firstRow('vehicle-types'))],
  ['cameras', open('cameras', 'cameras', firstRow('cameras'))],
  [
    'sites',
    open('cameras', 'cameras', async (page) => {
      await page.click(at('cameras-view-sites'));
      await firstRow('sites')(page);
    }),
  ],
  [
    'rejected',
    open('cameras', 'cameras', async (page) => {
      await page.click(at('cameras-view-rejected'));
      await page.locator(at('rejected-messages-row')).nth(1).click();
    }),
  ],
  [
    'settings',
    open('settings', 'setting-cache.days', async (page) => {
      await page.fill(at('setting-value-session.lockAfterMinutes'), '600');
    }),
  ],
  [
    'settings-conflict',
    open('settings', 'setting-cache.days', async (page) => {
      await page.fill(at('setting-value-cache.days'), '10');
      await page.fill(at('reason'), 'The disks are large enough');
      await page.click(at('setting-save'));
      await page.waitForSelector(at('conflict'));
    }),
  ],
];

const looks = [
  'theme=dark&language=en',
  'theme=light&language=fr',
  'theme=light&language=en',
  'theme=dark&language=fr',
];

/** Thresholds, vehicle types, cameras and settings, in both themes and languages; then without data, and small. */
export const referenceShots: readonly Shot[] = [
  ...states.flatMap(([name, act]) =>
    looks.map((look): Shot => {
      const [, theme, language] = /theme=(\w+)&language=(\w+)/.exec(look) ?? [];
      const other = name.endsWith('-conflict') ? '&other=saves' : '';
      return {
        name: `reference-${name}-${theme}-${language}`,
        window: 'admin',
        // The window's usual size.
        width: 1440,
        height: 900,
        query: `session=admin&${look}${other}`,
        act,
      };
    }),
  ),
  ...(['loading', 'failed', 'offline'] as const).flatMap((scenario) =>
    (['thresholds', 'settings', 'cameras'] as const).map((name): Shot => ({
      name: `reference-${name}-${scenario}`,
      window: 'admin',
      query: `session=admin&theme=dark&scenario=${scenario}`,
      act: open(name, `page-${name}`),
    })),
  ),
  {
    name: 'reference-thresholds-small',
    window: 'admin',
    query: 'session=admin&theme=dark',
    width: 1024,
    height: 700,
    act: open('thresholds', 'threshold-version', change),
  },
  {
    name: 'reference-thresholds-large',
    window: 'admin',
    query: 'session=admin&theme=light&size=large',
    act: open('thresholds', 'threshold-version', change),
  },
];
