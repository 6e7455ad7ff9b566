import { app, nativeTheme } from 'electron';
import { inputs } from '../contract/inputs.ts';
import type { CheckedInputs } from '../contract/inputs.ts';
import type { Preferences } from '../contract/results.ts';
import type { KeyValueStore } from '../main/core.ts';

const key = 'preferences';

export const localeLanguage = (): Preferences['language'] => (app.getLocale().startsWith('fr') ? 'fr' : 'en');

/** Until a person chooses: the workstation's language, or that of the operating system. */
export const defaultPreferences = (language: Preferences['language'] | undefined): Preferences => ({
  language: language ?? localeLanguage(),
  theme: 'system',
  size: 'desk',
  notifyWarnings: false,
});

export interface PreferenceKeeper {
  readonly current: () => Preferences;
  /** Kept across restarts, told to every listener; the theme takes effect in native parts too. */
  change(change: CheckedInputs['preferences.set']): Promise<Preferences>;
  onChange(listener: (preferences: Preferences) => void): void;
}

/** Reads what was stored last time; what cannot be read is as if it had never been set. */
export async function loadPreferences(
  store: KeyValueStore,
  defaults: Preferences,
): Promise<PreferenceKeeper> {
  let preferences: Preferences = { ...defaults, ...parse(await store.get(key)) };
  const listeners: ((preferences: Preferences) => void)[] = [];
  nativeTheme.themeSource = preferences.theme;
  return {
    current: () => preferences,
    async change(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      preferences = { ...preferences, ...given };
      nativeTheme.themeSource = preferences.theme;
      for (const listener of listeners) listener(preferences);
      await store.set(key, JSON.stringify(preferences));
      return preferences;
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}

function parse(stored: string | undefined): CheckedInputs['preferences.set'] {
  if (stored === undefined) return {};
  try {
    const checked = inputs['preferences.set'].safeParse(JSON.parse(stored));
    return checked.success ? checked.data : {};
  } catch {
    // Not JSON: the defaults hold.
    return {};
  }
}
