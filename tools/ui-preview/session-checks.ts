/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { id } from './check.ts';
import type { Check } from './check.ts';

const state = (name: string): string => `${id('session-state')}[data-state="${name}"]`;

const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset['testid'] : undefined,
  );

/** People come, go and change over; what needs a role says so. */
export const sessionChecks: readonly Check[] = [
  {
    name: 'signing in by the banner, and out again by keyboard alone',
    window: 'system',
    query: 'session=signed-out',
    run: async (page) => {
      await page.click(id('sign-in'));
      await page.waitForSelector(id('cancel-sign-in'));
      await page.waitForSelector(state('signed-in'));
      const name = await page.textContent(id('session-state'));
      await page.focus(id('session-button'));
      await page.keyboard.press('Enter');
      await page.waitForSelector(id('session-menu'));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      const at = await focused(page);
      await page.keyboard.press('Enter');
      await page.waitForSelector(state('signed-out'));
      return name === 'Alan Martin' && at === 'sign-out';
    },
  },
  {
    name: 'Escape closes the menu and gives the focus back, the arrows stay in it',
    window: 'car',
    query: 'session=admin&car=12',
    run: async (page) => {
      await page.focus(id('session-button'));
      await page.keyboard.press('ArrowDown');
      await page.waitForSelector(id('session-menu'));
      await page.keyboard.press('ArrowLeft');
      const last = await focused(page);
      await page.keyboard.press('Escape');
      await page.waitForSelector(id('session-menu'), { state: 'detached' });
      const car = await page.getAttribute(id('car-title'), 'data-index');
      return last === 'session-preferences' && (await focused(page)) === 'session-button' && car === '12';
    },
  },
  {
    name: 'with the menu open, a click on the train does what it says, and then closes the menu',
    window: 'system',
    query: 'session=operator',
    run: async (page) => {
      await page.click(id('session-button'));
      await page.waitForSelector(id('session-menu'));
      await page.click(id('vehicle-tile-5'));
      await page.waitForSelector(`${id('vehicle-tile-5')}[aria-selected="true"]`);
      await page.waitForSelector(id('session-menu'), { state: 'detached' });
      return true;
    },
  },
  {
    name: 'a shift change leaves the one before in place until the next is there',
    window: 'system',
    query: 'session=operator',
    run: async (page) => {
      await page.click(id('session-button'));
      await page.click(id('change-operator'));
      await page.waitForSelector(id('cancel-sign-in'));
      const meanwhile = await page.textContent(id('session-state'));
      await page.waitForSelector(`${id('session-state')}[data-role="supervisor"]`);
      return (
        meanwhile === 'Alan Martin' && (await page.textContent(id('session-state'))) === 'Sophie Lambert'
      );
    },
  },
  {
    name: 'a comment outlives the lock and the unlocking, and goes along then',
    window: 'system',
    query: 'session=operator&scenario=ended',
    run: async (page) => {
      await page.keyboard.press('F2');
      await page.fill(id('ack-comment'), 'The crew has seen it');
      await page.click(id('session-button'));
      await page.click(id('lock'));
      await page.waitForSelector(state('locked'));
      const refused = await page.getAttribute(`[data-selected="true"] ${id('ack-button')}`, 'title');
      await page.click(id('sign-in'));
      await page.waitForSelector(state('signed-in'));
      await page.click(`[data-selected="true"] ${id('ack-button')}`);
      await page.waitForSelector('[data-selected="true"][data-state="active-acknowledged"]');
      const shown = await page.textContent('[data-selected="true"] .alert-more');
      return refused === 'Unlock to acknowledge.' && shown?.includes('The crew has seen it') === true;
    },
  },
  {
    name: 'a key without the role says why, and acknowledges nothing',
    window: 'system',
    query: 'session=viewer',
    run: async (page) => {
      const before = await page.textContent(id('count-critical'));
      await page.keyboard.press('F2');
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector(id('notice'));
      const said = await page.textContent(`${id('notice')} p`);
      return said === 'Needs the role operator.' && (await page.textContent(id('count-critical'))) === before;
    },
  },
  {
    name: 'an acknowledged alert takes a comment more in the car view',
    window: 'car',
    query: 'session=operator&car=12&position=3Rb',
    run: async (page) => {
      await page.locator(id('ack-button')).first().click();
      const field = page.locator(id('comment')).first();
      await field.waitFor();
      const before = await page.locator(id('comment-button')).first().isDisabled();
      await field.fill('Crew informed');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() =>
        [...document.querySelectorAll('[data-testid="conversation"] .said')].some(
          (said) => said.textContent === 'Crew informed',
        ),
      );
      return before && (await field.inputValue()) === '';
    },
  },
  {
    name: 'notes of a confirmation outlive another pass looked at meanwhile',
    window: 'system',
    query: 'session=operator&scenario=ended',
    run: async (page) => {
      await page.click(id('confirm-open'));
      await page.fill(id('confirm-notes'), 'Inspected at the portal');
      await page.locator(id('pass-row')).nth(3).click();
      await page.waitForSelector(id('confirm-panel'), { state: 'detached' });
      await page.locator(id('pass-row')).first().click();
      await page.click(id('confirm-open'));
      return (await page.inputValue(id('confirm-notes'))) === 'Inspected at the portal';
    },
  },
  {
    name: 'the reason of a failed sign-in goes when it was read',
    window: 'system',
    query: 'session=problem',
    run: async (page) => {
      const text = await page.textContent(`${id('sign-in-problem')} p`);
      await page.click(id('dismiss-sign-in-problem'));
      await page.waitForSelector(id('sign-in-problem'), { state: 'detached' });
      return text?.startsWith('Not signed in: the sign-in service does not answer.') === true;
    },
  },
];
