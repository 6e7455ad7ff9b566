import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { VicoreApi } from '../../contract/api.ts';
import type { Preferences } from '../../contract/results.ts';
import { callOn } from './call.ts';
import { showError } from './notices.ts';

export const preferences = createStore<Preferences>(() => ({
  language: 'en',
  theme: 'system',
  size: 'desk',
  notifyWarnings: false,
}));

/** Loads them before the first picture, then follows changes made in other windows. */
export const startPreferences = async (api: VicoreApi): Promise<void> => {
  api.onPreferences((next) => preferences.setState(next, true));
  const answer = await callOn(api, 'preferences.get', {});
  if (answer.ok) preferences.setState(answer.value, true);
  else showError(answer.error);
};

/** Applies at once; when main refuses, back to what it was, with the reason shown. */
export const setPreferences = async (api: VicoreApi, changed: Partial<Preferences>): Promise<void> => {
  const before = preferences.getState();
  preferences.setState(changed);
  const answer = await callOn(api, 'preferences.set', changed);
  if (answer.ok) {
    preferences.setState(answer.value, true);
    return;
  }
  preferences.setState(before, true);
  showError(answer.error);
};

export const usePreferences = (): Preferences => useStore(preferences);
