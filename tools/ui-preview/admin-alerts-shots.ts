import type { Page } from '@playwright/test';
import { id } from './check.ts';
import type { Shot } from './shot.ts';

type Act = (page: Page) => Promise<void>;

const guidance =
  (rule: string, act?: Act): Act =>
  async (page) => {
    await page.click(id('navigate-guidance'));
    await page.click(`${id('guidance-list-row')}[data-id="${rule}"]`);
    await page.waitForSelector(id('guidance-editor'));
    await act?.(page);
  };
const statistics =
  (act?: Act): Act =>
  async (page) => {
    await page.click(id('navigate-statistics'));
    await page.waitForSelector(id('figures'));
    await act?.(page);
  };
const end: Act = (page) =>
  page.evaluate(() => {
    const place = document.querySelector('.statistics, .split-body');
    if (place !== null) place.scrollTop = place.scrollHeight;
  });

const states: readonly (readonly [name: string, act: Act, more?: string])[] = [
  ['guidance-editor', guidance('defect/critical')],
  [
    'guidance-draft',
    guidance('height/critical', async (page) => {
      await page.click(id('guidance-step-add'));
      await page.keyboard.type('Train number noted');
    }),
  ],
  [
    'guidance-conflict',
    guidance('defect/critical', async (page) => {
      await page.fill(id('guidance-text-en'), 'Look at the picture first. Call ext. 4410.');
      await page.fill(id('guidance-text-fr'), 'Regarder d’abord l’image. Appeler le poste 4410.');
      await page.click(id('guidance-save'));
      await page.waitForSelector(id('guidance-conflict'));
    }),
    '&other=saves',
  ],
  ['statistics-figures', statistics()],
  ['statistics-flood', statistics(), '&scenario=flood'],
  [
    'statistics-tables',
    statistics(async (page) => {
      await page.click(id('statistics-period-month'));
      await page.click(id('false-rates-copy'));
      await page.waitForSelector(id('false-rates-text'));
      await end(page);
    }),
  ],
];

/** Guidance and alert figures, in both themes and languages; then without data, and small. */
export const alertPageShots: readonly Shot[] = [
  ...states.flatMap(([name, act, more = '']) =>
    (['dark', 'light'] as const).flatMap((theme) =>
      (['en', 'fr'] as const).map((language): Shot => ({
        name: `admin-${name}-${theme}-${language}`,
        window: 'admin',
        query: `session=admin&theme=${theme}&language=${language}${more}`,
        act,
      })),
    ),
  ),
  {
    name: 'admin-guidance-list',
    window: 'admin',
    query: 'session=admin&theme=dark',
    act: async (page) => {
      await page.click(id('navigate-guidance'));
      await page.waitForSelector(id('guidance-list-row'));
    },
  },
  {
    name: 'admin-guidance-hostile',
    window: 'admin',
    query: 'session=admin&theme=light',
    act: guidance('trend/warning', (page) => page.fill(id('guidance-text-fr'), 'mot '.repeat(1_000))),
  },
  ...(['loading', 'failed', 'offline', 'empty'] as const).flatMap((scenario) =>
    (['guidance', 'statistics'] as const).map((name): Shot => ({
      name: `admin-${name}-${scenario}`,
      window: 'admin',
      query: `session=admin&theme=${scenario === 'failed' ? 'light' : 'dark'}&scenario=${scenario}`,
      act: async (page) => {
        await page.click(id(`navigate-${name}`));
        await page.waitForSelector(id(`page-${name}`));
      },
    })),
  ),
  {
    name: 'admin-statistics-own',
    window: 'admin',
    query: 'session=admin&theme=dark&language=fr',
    act: statistics(async (page) => {
      await page.click(id('statistics-period-own'));
      await page.fill(id('statistics-from'), '2026-11-20');
      await page.fill(id('statistics-to'), '2026-11-19');
    }),
  },
  {
    name: 'admin-statistics-years',
    window: 'admin',
    query: 'session=admin&theme=light',
    act: statistics(async (page) => {
      const now = new Date();
      const year = now.getUTCFullYear();
      await page.click(id('statistics-period-own'));
      await page.fill(id('statistics-from'), `${year - 2}-12-01`);
      await page.fill(id('statistics-to'), now.toISOString().slice(0, 10));
      await page.click(id('series-open'));
      await page.focus(id('time-chart'));
      await page.keyboard.press('ArrowLeft');
    }),
  },
  ...(['guidance', 'statistics'] as const).flatMap((name): readonly Shot[] => {
    const act = name === 'guidance' ? guidance('defect/critical') : statistics();
    return [
      {
        name: `admin-${name}-small`,
        window: 'admin',
        query: 'session=admin&theme=dark',
        width: 1024,
        height: 700,
        act,
      },
      { name: `admin-${name}-large`, window: 'admin', query: 'session=admin&theme=light&size=large', act },
      { name: `admin-${name}-wall`, window: 'admin', query: 'session=admin&theme=light&size=wall', act },
    ];
  }),
];
