/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { id } from './check.ts';
import type { Check } from './check.ts';

const admin = 'session=admin';

const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset['testid'] : undefined,
  );

/** Tab until the focus is on what is named; a keyboard reaches everything, so this ends. */
const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let count = 0; count < 80; count += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${name}`);
};

const selected = (list: string): string => `${id(`${list}-row`)}[aria-selected="true"]`;

/** The admin window by keyboard, and what must not be lost in it. */
export const adminChecks: readonly Check[] = [
  {
    name: 'admin: a user is deactivated by keyboard alone',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await tabTo(page, 'user-search');
      await page.keyboard.type('Alan Martin');
      await page.waitForFunction(() => document.querySelectorAll('[data-testid="users-row"]').length === 1);
      await tabTo(page, 'users');
      await page.keyboard.press('ArrowDown');
      await page.waitForSelector(selected('users'));
      await page.keyboard.press('Enter');
      await tabTo(page, 'user-deactivate');
      await page.keyboard.press('Enter');
      await page.waitForSelector(id('user-act'));
      const first = await focused(page);
      await page.keyboard.type('Left the company');
      await tabTo(page, 'user-act-confirm');
      await page.keyboard.press('Enter');
      await page.waitForSelector(`${id('user-detail')} ${id('user-state')}[data-state="inactive"]`);
      return (
        first === 'reason' &&
        (await page.textContent(id('user-detail')))?.includes('Left the company') === true
      );
    },
  },
  {
    name: 'admin: Escape goes back one step at a time',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await page.waitForSelector(id('users'));
      await page.focus(id('users'));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await tabTo(page, 'user-override-role');
      await page.keyboard.press('Enter');
      await page.waitForSelector(id('user-act'));
      await page.keyboard.press('Escape');
      await page.waitForSelector(id('user-act'), { state: 'detached' });
      const back = await focused(page);
      await page.keyboard.press('Escape');
      const list = await focused(page);
      await page.keyboard.press('Escape');
      await page.waitForSelector(id('user-detail'), { state: 'detached' });
      return back === 'user-override-role' && list === 'users';
    },
  },
  {
    name: 'admin: a faster administrator is shown, nothing is overwritten, mine goes on top',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await page.fill(id('user-search'), 'Marc Vasseur');
      await page.click(`${id('users-row')}:has-text("Marc Vasseur")`);
      await page.click(id('user-override-role'));
      await page.selectOption(id('user-role'), 'admin');
      await page.fill(id('reason'), 'Takes over');
      await page.click(id('user-act-confirm'));
      await page.waitForSelector(`${id('conflict')} ${id('difference-row')}[data-kind="changed"]`);
      await page.click(id('conflict-apply'));
      await page.waitForSelector(id('conflict'), { state: 'detached' });
      return (
        (await page.textContent(`${id('user-detail')} ${id('user-role-shown')}`))?.startsWith(
          'administrator',
        ) === true
      );
    },
  },
  {
    name: 'admin: what was entered survives a lock and comes back with the rights',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await page.click(`${id('users-row')} >> nth=3`);
      await page.click(id('user-deactivate'));
      await page.fill(id('reason'), 'Half a rea');
      await page.click(id('session-button'));
      await page.click(id('lock'));
      await page.waitForSelector(id('missing-rights'));
      const hidden = !(await page.isVisible(id('users')));
      await page.click(id('page-sign-in'));
      await page.waitForSelector(id('users'), { state: 'visible' });
      return hidden && (await page.inputValue(id('reason'))) === 'Half a rea';
    },
  },
  {
    name: 'admin: whoever takes over begins with pages of their own',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await page.click(id('navigate-audit'));
      await page.fill(id('audit-person'), 'Alan Martin');
      await page.keyboard.press('Enter');
      await page.waitForSelector(id('audit-clear'));
      await page.click(id('session-button'));
      await page.click(id('change-operator'));
      await page.waitForSelector(`${id('navigate-users')}`, { state: 'detached' });
      await page.waitForSelector(`${id('audit-row')} >> visible=true`);
      return (await page.inputValue(`${id('audit-person')} >> visible=true`)) === '';
    },
  },
  {
    name: 'admin: pages by arrow keys; the page follows the keyboard and the window title',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await tabTo(page, 'navigate-users');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.waitForSelector(id('page-audit'));
      return (await page.title()).includes('Audit log');
    },
  },
  {
    name: 'admin: a person’s acts are one step away',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await page.fill(id('user-search'), 'Sophie');
      await page.click(`${id('users-row')}:has-text("Sophie")`);
      await page.click(id('user-audit'));
      await page.waitForSelector(id('audit-row'));
      const names = await page.locator(`${id('audit-row')} [role="gridcell"]:nth-child(3)`).allTextContents();
      return (
        (await page.inputValue(id('audit-person'))) === 'Sophie Lambert' &&
        names.every((name) => name === 'Sophie Lambert')
      );
    },
  },
  {
    name: 'admin: older rows come by scrolling to the end',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await page.click(id('navigate-audit'));
      await page.waitForSelector(id('audit'));
      await page.focus(id('audit'));
      for (let count = 0; count < 3; count += 1) {
        const before = Number(
          await page.getAttribute(`${id('page-audit')} ${id('row-count')}`, 'data-count'),
        );
        await page.keyboard.press('End');
        await page.waitForFunction(
          (known) =>
            Number(
              document.querySelector<HTMLElement>('[data-testid="page-audit"] [data-testid="row-count"]')
                ?.dataset['count'],
            ) > known,
          before,
        );
      }
      return (await page.locator(id('audit-row')).count()) < 80;
    },
  },
  {
    name: 'admin: new rows are offered, what is read does not move',
    window: 'admin',
    query: admin,
    run: async (page) => {
      await page.click(id('navigate-audit'));
      await page.waitForSelector(id('audit-row'));
      const first = await page.locator(id('audit-row')).first().getAttribute('data-id');
      await page.waitForSelector(id('audit-new'), { timeout: 40_000 });
      const still = await page.locator(id('audit-row')).first().getAttribute('data-id');
      await page.click(id('audit-new'));
      await page.waitForFunction(
        (known) => document.querySelector<HTMLElement>('[data-testid="audit-row"]')?.dataset['id'] !== known,
        first,
      );
      return first === still;
    },
  },
  {
    name: 'admin: a verification names the broken row and leads to it',
    window: 'admin',
    query: `${admin}&scenario=quiet`,
    run: async (page) => {
      await page.click(id('navigate-audit'));
      await page.click(id('audit-verify'));
      await page.waitForSelector(`${id('verification-outcome')}[data-outcome="altered"][data-row="31408"]`);
      await page.click(id('verification-show'));
      await page.waitForSelector(`${selected('audit')}[data-id="31408"]`);
      return page.isVisible(`${selected('audit')}[data-id="31408"]`);
    },
  },
  {
    name: 'admin: supervisors have the alert figures and the audit log',
    window: 'admin',
    query: 'session=supervisor',
    run: async (page) => {
      await page.waitForSelector(id('page-statistics'));
      const names = await page
        .locator('[data-testid^="navigate-"]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-testid')));
      return names.join() === 'navigate-statistics,navigate-audit';
    },
  },
];
