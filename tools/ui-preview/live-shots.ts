import type { Shot } from './shot.ts';

const tile = (index: number) => `[data-testid="vehicle-tile-${index}"]`;

/** The live windows and the set-up form. */
export const liveShots: readonly Shot[] = [
  { name: 'system-dark-en', window: 'system', query: 'theme=dark', act: (page) => page.click(tile(12)) },
  {
    name: 'system-light-fr',
    window: 'system',
    query: 'theme=light&language=fr',
    act: (page) => page.click(tile(12)),
  },
  {
    name: 'system-large',
    window: 'system',
    query: 'size=large&theme=dark',
    act: (page) => page.click(tile(12)),
  },
  { name: 'system-wall', window: 'system', query: 'size=wall&theme=dark' },
  {
    name: 'system-wall-4k',
    window: 'system',
    query: 'size=wall&theme=light',
    width: 3840,
    height: 2160,
    act: (page) => page.click(tile(12)),
  },
  {
    name: 'system-small',
    window: 'system',
    query: 'theme=dark',
    width: 1280,
    height: 800,
    act: (page) => page.click(tile(12)),
  },
  { name: 'system-empty', window: 'system', query: 'scenario=empty' },
  { name: 'system-loading', window: 'system', query: 'scenario=loading' },
  { name: 'system-failed', window: 'system', query: 'scenario=failed&theme=light' },
  { name: 'system-offline', window: 'system', query: 'scenario=offline', act: (page) => page.click(tile(5)) },
  { name: 'system-link-down', window: 'system', query: 'scenario=link-down' },
  {
    name: 'system-stale',
    window: 'system',
    query: 'scenario=stale',
    act: async (page) => {
      await page.clock.runFor(40_000);
    },
  },
  {
    name: 'system-alert-open',
    window: 'system',
    query: 'scenario=ended&theme=dark',
    act: async (page) => {
      await page.keyboard.press('F2');
      await page.keyboard.press('F2');
      await page.waitForSelector('[data-testid="ack-comment"]');
    },
  },
  {
    name: 'system-confirm',
    window: 'system',
    query: 'scenario=ended&theme=dark',
    act: async (page) => {
      await page.click('[data-pass-id$="000000000001"][data-testid="pass-row"]');
      await page.click('[data-testid="confirm-open"]');
      await page.click('[data-testid="confirm-button"]');
      await page.click('[data-testid="confirm-jump"]');
    },
  },
  { name: 'system-help', window: 'system', query: 'theme=dark', act: (page) => page.keyboard.press('F1') },
  {
    name: 'system-preferences-fr',
    window: 'system',
    query: 'theme=light&language=fr',
    act: (page) => page.click('[data-testid="preferences-button"]'),
  },
  {
    name: 'system-rejected',
    window: 'system',
    query: 'theme=dark',
    act: (page) => page.click('[data-testid="rejected-count"]'),
  },
  { name: 'system-flood', window: 'system', query: 'scenario=flood&theme=dark' },
  { name: 'car-dark-en', window: 'car', query: 'theme=dark&car=12&position=3Rb' },
  { name: 'car-light-fr', window: 'car', query: 'theme=light&language=fr&car=12&position=3Rb' },
  { name: 'car-8-axles', window: 'car', query: 'theme=dark&car=21&position=5La' },
  { name: 'car-2-axles', window: 'car', query: 'theme=light&car=22&position=1Ra' },
  { name: 'car-unidentified', window: 'car', query: 'theme=dark&car=16&position=3Rb' },
  { name: 'car-end-b', window: 'car', query: 'theme=dark&car=9' },
  { name: 'car-large', window: 'car', query: 'size=large&theme=dark&car=12&position=3Rb' },
  { name: 'car-wall', window: 'car', query: 'size=wall&theme=dark&car=12&position=3Rb' },
  { name: 'car-offline', window: 'car', query: 'scenario=offline&theme=dark&car=12&position=3Rb' },
  { name: 'car-loading', window: 'car', query: 'scenario=loading&car=12' },
  { name: 'car-failed', window: 'car', query: 'scenario=failed&car=12' },
  { name: 'setup-light', window: 'setup', query: 'theme=light', width: 1100, height: 1300 },
  {
    name: 'setup-tested-fr',
    window: 'setup',
    query: 'theme=dark&language=fr',
    width: 1100,
    height: 1300,
    act: async (page) => {
      await page.fill('[data-testid="setup-issuer"]', 'https://intranet.example/start');
      await page.fill('[data-testid="setup-client-id"]', 'vicore');
      await page.fill('[data-testid="setup-name"]', 'RCC-COQ-02');
      await page.fill('[data-testid="setup-hosts"]', '127.0.0.1:5432');
      await page.fill('[data-testid="setup-url-0"]', 'wss://cameras-t2.example/stream');
      await page.click('[data-testid="setup-test-all"]');
      await page.waitForSelector('[data-testid="setup-login-result"][data-reachable]');
    },
  },
];
