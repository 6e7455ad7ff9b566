import { expect, test, vi } from 'vitest';
import type { AlertCounts, Session, SoundState } from '../../contract/domain.ts';
import { isMute, trayMenu, trayState, trayTooltip } from './tray-menu.ts';
import type { TrayFacts } from './tray-menu.ts';

const counts: AlertCounts = {
  criticalUnacknowledged: 2,
  warningUnacknowledged: 5,
  acknowledged: 3,
  shelved: 1,
};
const session: Session = {
  state: 'signed-in',
  signingIn: false,
  configured: true,
  name: 'Alan Martin',
  role: 'operator',
  workstation: 'TEST-01',
  sessionOnly: false,
};
const rings: SoundState = { volume: 0.7, sounding: 'critical', device: 'ok' };
const facts: TrayFacts = { counts, sound: rings, session, language: 'en', timeZone: 'Europe/Paris' };

function menuOf(change: Partial<TrayFacts> = {}) {
  const acts = {
    onOpen: vi.fn(),
    onSilence: vi.fn(),
    onQuit: vi.fn(),
    onSession: vi.fn(),
    onAdmin: vi.fn(),
  };
  return { items: trayMenu({ ...facts, ...change }, acts), acts };
}
const silence = (change: Partial<TrayFacts>) =>
  menuOf(change).items.find(({ label }) => label === 'Silence')?.enabled;

test('the worst that nobody has gives the state', () => {
  expect(trayState(counts)).toBe('critical');
  expect(trayState({ ...counts, criticalUnacknowledged: 0 })).toBe('warning');
  expect(trayState({ ...counts, criticalUnacknowledged: 0, warningUnacknowledged: 0 })).toBe('calm');
  expect(trayTooltip(facts)).toBe('VICORE — critical: 2, warnings: 5');
});

test('the menu begins with the counts, in the language of the person', () => {
  expect(menuOf().items.slice(0, 2)).toEqual([
    { label: 'Unacknowledged — critical: 2, warnings: 5', enabled: false },
    { label: 'Acknowledged: 3, shelved: 1', enabled: false },
  ]);
  expect(menuOf({ language: 'fr' }).items[1]?.label).toBe('Acquittées : 3, en attente : 1');
});

test('silence can be chosen by who may, when something rings', () => {
  expect(silence({})).toBe(true);
  expect(silence({ session: { ...session, role: 'viewer' } })).toBe(false);
  expect(silence({ sound: { ...rings, silencedUntil: 1 } })).toBe(false);
  expect(silence({ sound: { volume: 0.7, device: 'ok' } })).toBe(false);
  expect(silence({ sound: undefined })).toBe(false);
});

test('what keeps the sound from being heard is said', () => {
  const mutedUntil = Date.UTC(2026, 6, 1, 10, 15);
  const muted: SoundState = { ...rings, mutedUntil, mutedBy: 'Alan Martin' };
  expect(isMute(muted)).toBe(true);
  expect(menuOf({ sound: muted }).items[2]?.label).toMatch(/^Sound muted by Alan Martin until 12:15/);
  expect(isMute({ ...rings, device: 'missing' })).toBe(true);
  expect(menuOf({ sound: { ...rings, device: 'missing' } }).items[2]?.label).toContain('no loudspeaker');
  expect(isMute(rings)).toBe(false);
});

test('each item does what it says', () => {
  const { items, acts } = menuOf();
  for (const label of ['Open VICORE', 'Silence', 'Quit VICORE', 'Sign out']) {
    Reflect.apply(items.find((item) => item.label === label)?.click ?? (() => undefined), undefined, []);
  }
  expect(acts.onOpen).toHaveBeenCalledOnce();
  expect(acts.onSilence).toHaveBeenCalledOnce();
  expect(acts.onQuit).toHaveBeenCalledOnce();
  expect(acts.onSession).toHaveBeenCalledWith('session.logout');
});
