import type { CallError } from '../../contract/errors.ts';
import { formatTime, localZone } from './formats.ts';
import type { Language } from './formats.ts';
import { hasKey } from './i18n.ts';
import type { Translate } from './i18n.ts';

const numberIn = (details: CallError['details'], ...names: readonly string[]): number | undefined => {
  for (const name of names) {
    const value = details?.[name];
    if (typeof value === 'number') return value;
    if (Array.isArray(value)) return value.length;
  }
  return undefined;
};

/** What a failure means to the person in front of the screen, in their language. */
export const errorText = (error: CallError, t: Translate, language: Language): string => {
  const { code, details } = error;
  if (code === 'unacknowledged-alerts') {
    return t('error.unacknowledged-alerts', { count: numberIn(details, 'count', 'alertIds', 'alerts') ?? 1 });
  }
  if (code === 'already-acknowledged') {
    const who = details?.['acknowledgedBy'] ?? details?.['by'];
    const at = numberIn(details, 'acknowledgedAt', 'at');
    if (typeof who === 'string' && at !== undefined) {
      return t('error.already-acknowledged-by', { who, when: formatTime(at, language, localZone()) });
    }
  }
  const key = `error.${code}`;
  return hasKey(key) ? t(key) : error.message;
};
