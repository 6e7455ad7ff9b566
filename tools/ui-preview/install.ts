import { alertAnswers } from './alert-answers.ts';
import { adminAudit } from './admin-audit.ts';
import { adminAlerts } from './admin-alerts.ts';
import { adminPeople } from './admin-people.ts';
import { referenceAnswers } from './admin-reference.ts';
import { createFakeApi } from './fake-api.ts';
import type { Scenario } from './fake-main.ts';
import { liveAnswers } from './live-answers.ts';
import { sessionAnswers } from './session-answers.ts';
import { sessionNames, sessions } from './sessions.ts';
import { makeSound, soundAnswers, soundNames } from './sound-answers.ts';
import { windowAnswers } from './window-answers.ts';
import type { Preferences } from '../../contract/results.ts';

/** Puts the fake main process on the page, as its address says: ?scenario=live&session=operator&theme=dark&language=fr&size=desk&car=12 */
const address: unknown = Reflect.get(globalThis, 'location');
const query = new URL(String(address)).searchParams;
const scenarios: readonly Scenario[] = [
  'live',
  'ended',
  'empty',
  'loading',
  'failed',
  'offline',
  'link-down',
  'stale',
  'flood',
  'flood-live',
  'managed',
  'quiet',
];
const one = <const T extends string>(name: string, allowed: readonly T[], otherwise: NoInfer<T>): T =>
  allowed.find((each) => each === query.get(name)) ?? otherwise;

const preferences: Partial<Preferences> = {
  language: one('language', ['en', 'fr'], 'en'),
  theme: one('theme', ['system', 'dark', 'light'], 'dark'),
  size: one('size', ['desk', 'large', 'wall'], 'desk'),
};
const session = one('session', sessionNames, 'operator');
const parts = [
  liveAnswers,
  alertAnswers,
  soundAnswers,
  sessionAnswers,
  windowAnswers,
  adminPeople,
  adminAudit,
  referenceAnswers,
  adminAlerts,
];
const vicore = createFakeApi(
  {
    scenario: one('scenario', scenarios, 'live'),
    session: sessions[session](Date.now()),
    preferences,
    car: Number(query.get('car') ?? 12),
    position: query.get('position') ?? undefined,
    seen: Number(query.get('seen') ?? 22),
    sound: makeSound(one('sound', soundNames, 'quiet'), Date.now()),
  },
  parts,
);
Object.defineProperty(globalThis, 'vicore', { value: vicore });
