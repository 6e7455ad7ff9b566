import type { Page } from '@playwright/test';
import { adminPages } from '../../contract/results.ts';
import type { Shot } from './shot.ts';

const id = (name: string): string => `[data-testid="${name}"]`;
const size = { width: 1440, height: 900 };

const openPage =
  (name: string, then?: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    await page.click(id(`navigate-${name}`));
    await page.waitForSelector(id(`page-${name}`));
    await page.waitForLoadState('networkidle');
    await then?.(page);
  };

const chooseUser = async (page: Page, name: string): Promise<void> => {
  await page.fill(id('user-search'), name);
  await page.click(`${id('users-row')}:has-text("${name}")`);
  await page.waitForSelector(id('user-detail'));
};

const looks = adminPages.flatMap((name) =>
  (['dark', 'light'] as const).flatMap((theme) =>
    (['en', 'fr'] as const).map((language): Shot => ({
      name: `admin-${name}-${theme}-${language}`,
      window: 'admin',
      query: `session=admin&theme=${theme}&language=${language}`,
      ...size,
      act: openPage(name),
    })),
  ),
);

const admin = 'session=admin';

const states: readonly Shot[] = [
  {
    name: 'admin-user-detail',
    window: 'admin',
    query: `${admin}&theme=dark`,
    ...size,
    act: openPage('users', (page) => chooseUser(page, 'Marc Vasseur')),
  },
  {
    name: 'admin-user-deactivate',
    window: 'admin',
    query: `${admin}&theme=light&language=fr`,
    ...size,
    act: openPage('users', async (page) => {
      await chooseUser(page, 'Alan Martin');
      await page.click(id('user-deactivate'));
      await page.fill(id('reason'), 'A quitté la société le 20 novembre');
    }),
  },
  {
    name: 'admin-user-own',
    window: 'admin',
    query: `${admin}&theme=light`,
    ...size,
    act: openPage('users', (page) => chooseUser(page, 'Dora Okafor')),
  },
  {
    name: 'admin-user-pseudonymise',
    window: 'admin',
    query: `${admin}&theme=dark`,
    ...size,
    act: openPage('users', async (page) => {
      await chooseUser(page, 'Thomas Wren');
      await page.click(id('user-pseudonymise'));
      await page.fill(id('reason'), 'Request of 18 November, reference 2026-114');
    }),
  },
  {
    name: 'admin-user-conflict',
    window: 'admin',
    query: `${admin}&theme=dark`,
    ...size,
    act: openPage('users', async (page) => {
      await chooseUser(page, 'Marc Vasseur');
      await page.click(id('user-override-role'));
      await page.selectOption(id('user-role'), 'admin');
      await page.fill(id('reason'), 'Takes over the administration');
      await page.click(id('user-act-confirm'));
      await page.waitForSelector(id('conflict'));
    }),
  },
  {
    name: 'admin-users-offline',
    window: 'admin',
    query: `${admin}&scenario=offline&theme=dark`,
    ...size,
    act: openPage('users'),
  },
  {
    name: 'admin-users-large',
    window: 'admin',
    query: `${admin}&size=large&theme=dark`,
    width: 1920,
    height: 1080,
    act: openPage('users', (page) => chooseUser(page, 'Marc Vasseur')),
  },
  {
    name: 'admin-audit-wall',
    window: 'admin',
    query: `${admin}&size=wall&theme=light`,
    width: 1920,
    height: 1080,
    act: openPage('audit'),
  },
  {
    name: 'admin-workstation-detail',
    window: 'admin',
    query: `${admin}&theme=dark`,
    ...size,
    act: openPage('workstations', async (page) => {
      await page.click(`${id('workstations-row')}[data-id="RCC-FOLK-04"]`);
      await page.waitForSelector(id('workstation-detail'));
    }),
  },
  {
    name: 'admin-audit-detail',
    window: 'admin',
    query: `${admin}&theme=dark`,
    ...size,
    act: openPage('audit', async (page) => {
      await page.selectOption(id('audit-action'), 'threshold.save');
      await page.locator(id('audit-row')).nth(2).click();
      await page.waitForSelector(id('difference'));
    }),
  },
  {
    name: 'admin-audit-own-range-fr',
    window: 'admin',
    query: `${admin}&theme=light&language=fr`,
    ...size,
    act: openPage('audit', async (page) => {
      await page.selectOption(id('audit-range'), 'own');
      await page.fill(id('audit-from'), '2026-11-21 06:00');
      await page.fill(id('audit-to'), '2026-11-20');
    }),
  },
  {
    name: 'admin-audit-verifying',
    window: 'admin',
    query: `${admin}&theme=dark`,
    ...size,
    act: openPage('audit', async (page) => {
      await page.click(id('audit-verify'));
      await page.waitForSelector(`${id('verification')} progress[value]`);
      await page.click(id('verification-cancel'));
    }),
  },
  {
    name: 'admin-audit-whole',
    window: 'admin',
    query: `${admin}&theme=light`,
    ...size,
    act: openPage('audit', async (page) => {
      await page.click(id('audit-verify'));
      await page.waitForSelector(`${id('verification-outcome')}[data-outcome="whole"]`);
      await page.click(id('audit-export-csv'));
      await page.waitForSelector(id('copy-text'), { timeout: 8000 });
    }),
  },
  {
    name: 'admin-audit-broken',
    window: 'admin',
    query: `${admin}&scenario=quiet&theme=dark`,
    ...size,
    act: openPage('audit', async (page) => {
      await page.click(id('audit-verify'));
      await page.click(id('verification-show'));
      await page.waitForSelector(`${id('audit-row')}[aria-selected="true"]`);
    }),
  },
  {
    name: 'admin-supervisor',
    window: 'admin',
    query: 'session=supervisor&theme=dark',
    ...size,
    act: async (page) => {
      await page.waitForSelector(id('page-statistics'));
    },
  },
  {
    name: 'admin-signed-out',
    window: 'admin',
    query: 'session=signed-out&theme=dark',
    ...size,
    act: async (page) => {
      await page.waitForSelector(id('missing-rights'));
    },
  },
  {
    name: 'admin-locked-away',
    window: 'admin',
    query: `${admin}&theme=light`,
    ...size,
    act: openPage('settings', async (page) => {
      await page.click(id('session-button'));
      await page.click(id('lock'));
      await page.waitForSelector(id('missing-rights'));
    }),
  },
];

/** The admin window: every page in every look, and the states of users, workstations and the audit log. */
export const adminShots: readonly Shot[] = [...looks, ...states];
