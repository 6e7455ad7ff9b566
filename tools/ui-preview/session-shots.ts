import type { Page } from '@playwright/test';
import { sessionNames } from './sessions.ts';
import type { Shot } from './shot.ts';

const themes = ['dark', 'light'] as const;
const languages = ['en', 'fr'] as const;

const states = sessionNames.flatMap((session) =>
  themes.flatMap((theme) =>
    languages.map((language): Shot => {
      const query = `session=${session}&theme=${theme}&language=${language}`;
      return { name: `session-${session}-${theme}-${language}`, window: 'system', query };
    }),
  ),
);

const openMenu = async (page: Page): Promise<void> => {
  await page.click('[data-testid="session-button"]');
  await page.waitForSelector('[data-testid="session-menu"]');
};

const car = 'car=12&position=3Rb';
const menus: readonly Shot[] = [
  { name: 'menu-admin-dark-en', window: 'system', query: 'session=admin&theme=dark', act: openMenu },
  {
    name: 'menu-admin-light-fr',
    window: 'system',
    query: 'session=admin&theme=light&language=fr',
    act: openMenu,
  },
  { name: 'menu-session-only', window: 'system', query: 'session=session-only&theme=light', act: openMenu },
  { name: 'menu-locked', window: 'system', query: 'session=locked&theme=dark', act: openMenu },
  {
    name: 'menu-car',
    window: 'car',
    query: `session=admin&theme=dark&${car}`,
    width: 1280,
    height: 900,
    act: openMenu,
  },
];

const elsewhere = (['signed-out', 'operator', 'expired', 'takeover', 'problem'] as const).flatMap(
  (session): readonly Shot[] => [
    {
      name: `car-session-${session}`,
      window: 'car',
      query: `session=${session}&theme=light&language=fr&${car}`,
      width: 1280,
      height: 900,
    },
    {
      name: `middle-session-${session}`,
      window: 'system',
      query: `session=${session}&theme=light&language=fr`,
      width: 1440,
      height: 900,
    },
    { name: `wall-session-${session}`, window: 'system', query: `session=${session}&size=wall&theme=dark` },
  ],
);

/** What a person without the role sees where something is done. */
const acts: readonly Shot[] = [
  {
    name: 'refused-alert',
    window: 'system',
    query: 'session=signed-out&scenario=ended&theme=dark',
    act: async (page) => {
      await page.keyboard.press('F2');
      await page.fill('[data-testid="ack-comment"]', 'The crew has seen it');
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector('[data-testid="notice"]');
    },
  },
  {
    name: 'refused-car-viewer',
    window: 'car',
    query: `session=viewer&theme=light&language=fr&${car}`,
    act: async (page) => {
      await page.locator('[data-testid="ack-button"]').first().click({ force: true });
      await page.waitForSelector('[data-testid="notice"]');
    },
  },
  {
    name: 'refused-confirm',
    window: 'system',
    query: 'session=viewer&scenario=ended&theme=light',
    act: (page) => page.click('[data-pass-id$="000000000001"][data-testid="pass-row"]'),
  },
];

/** Who is signed in, in every state, theme and language; the menu; and what is refused. */
export const sessionShots: readonly Shot[] = [...states, ...menus, ...elsewhere, ...acts];
