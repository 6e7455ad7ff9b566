import type { Page } from '@playwright/test';
import { id } from './check.ts';
import type { Shot } from './shot.ts';

const row = (page: Page, end: string) => page.locator(`[data-alert-id$="${end}"][data-testid="alert-row"]`);

/** Marks the first lines of the list. */
const mark = async (page: Page, count: number): Promise<void> => {
  for (let place = 0; place < count; place += 1) await page.locator(id('alert-mark')).nth(place).click();
};

const openDetail = async (page: Page, end: string): Promise<void> => {
  await row(page, end).locator('.alert-main').click();
  await page.click(id('alert-details'));
  await page.waitForSelector(id('alert-history'));
};

const shelf = async (page: Page): Promise<void> => {
  await page.click(id('count-shelved'));
  await page.click(id('alerts-more-filters'));
};

/** Alert management: list, banner and detail in what a shift brings, in both languages and themes. */
export const alertShots: readonly Shot[] = [
  { name: 'alerts-managed-dark-en', window: 'system', query: 'scenario=managed&sound=sounding' },
  {
    name: 'alerts-managed-light-fr',
    window: 'system',
    query: 'scenario=managed&sound=sounding&theme=light&language=fr',
  },
  ...[1280, 1440].flatMap((width): readonly Shot[] => [
    {
      name: `alerts-banner-fr-${width}`,
      window: 'system',
      query: 'scenario=managed&sound=sounding&language=fr',
      width,
      height: 900,
    },
    {
      name: `alerts-car-fr-${width}`,
      window: 'car',
      query: 'scenario=managed&sound=silenced&language=fr&theme=light&car=12&position=3Rb',
      width,
      height: 900,
    },
  ]),
  {
    name: 'alerts-detail-dark-en',
    window: 'system',
    query: 'scenario=managed&session=supervisor',
    act: (page) => openDetail(page, '000000090073'),
  },
  {
    name: 'alerts-detail-light-fr',
    window: 'system',
    query: 'scenario=managed&session=supervisor&theme=light&language=fr',
    act: async (page) => {
      await openDetail(page, '000000090071');
      await page.locator(`${id('alert-panel')} ${id('shelve-open')}`).click();
      await page.fill(id('shelve-reason'), 'Nettoyage de la caméra F2R');
    },
  },
  {
    name: 'alerts-verdict',
    window: 'system',
    query: 'scenario=managed&session=supervisor',
    act: async (page) => {
      await openDetail(page, '000000090073');
      await page.locator(`${id('alert-panel')} ${id('verdict-open')}`).click();
    },
  },
  { name: 'alerts-shelved', window: 'system', query: 'scenario=managed', act: shelf },
  {
    name: 'alerts-shelved-fr',
    window: 'system',
    query: 'scenario=managed&theme=light&language=fr',
    act: shelf,
  },
  {
    name: 'alerts-bulk',
    window: 'system',
    query: 'scenario=managed',
    act: async (page) => {
      await mark(page, 4);
      await page.click(id('bulk-acknowledge'));
    },
  },
  {
    name: 'alerts-bulk-failed-fr',
    window: 'system',
    query: 'scenario=managed&theme=light&language=fr',
    act: async (page) => {
      await mark(page, 4);
      await page.click(id('bulk-acknowledge'));
      await page.click(id('bulk-confirm-button'));
      await page.waitForSelector(id('bulk-outcome'));
    },
  },
  {
    name: 'alerts-undo',
    window: 'system',
    query: 'scenario=managed',
    act: async (page) => {
      await page.click(id('banner-acknowledge'));
      await page.waitForSelector(id('banner-undo'));
    },
  },
  {
    name: 'alerts-sound-panel',
    window: 'system',
    query: 'scenario=managed&sound=muted',
    act: (page) => page.click(id('sound-button')),
  },
  {
    name: 'alerts-sound-panel-fr',
    window: 'system',
    query: 'scenario=managed&sound=missing&theme=light&language=fr',
    width: 1280,
    height: 800,
    act: (page) => page.click(id('sound-button')),
  },
  {
    name: 'alerts-maintenance',
    window: 'car',
    query: 'scenario=managed&session=supervisor&car=12&position=3Rb',
    act: async (page) => {
      await page.click(id('maintenance-open'));
      await page.fill(id('maintenance-reason'), 'Nest 3Rb renewed at Coquelles');
    },
  },
  {
    name: 'alerts-viewer',
    window: 'system',
    query: 'scenario=managed&session=signed-out&sound=sounding',
    act: (page) => openDetail(page, '000000090073'),
  },
];
