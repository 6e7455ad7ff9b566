import type { CallError } from '../../contract/errors.ts';
import { refusalIn } from '../live/refusal.ts';
import { formatTime, workstationZone } from './formats.ts';
import type { Language } from './formats.ts';
import { hasKey } from './i18n.ts';
import type { Translate } from './i18n.ts';
import { refusalText } from './refusal-text.ts';

const numberIn = (details: CallError['details'], name: string): number | undefined => {
  const value = details?.[name];
  return typeof value === 'number' ? value : undefined;
};

/** Which act of somebody else, or which event, stood before this one; undefined: the record does not say. */
const conflictText = (
  details: CallError['details'],
  t: Translate,
  language: Language,
): string | undefined => {
  const reason = `conflict.${String(details?.['reason'])}`;
  if (!hasKey(reason)) return undefined;
  const who = [details?.['by'], details?.['shelvedBy'], details?.['acknowledgedBy']].find(
    (name) => typeof name === 'string' && name !== '',
  );
  const at = numberIn(details, 'at') ?? numberIn(details, 'acknowledgedAt');
  const text = t(reason);
  if (typeof who !== 'string') return text;
  return at === undefined
    ? t('conflict.who', { text, who })
    : t('conflict.whoWhen', { text, who, when: formatTime(at, language, workstationZone()) });
};

/** What a failure means to the person in front of the screen, in their language. */
export const errorText = (error: CallError, t: Translate, language: Language): string => {
  const { code, details } = error;
  if (code === 'unacknowledged-alerts') {
    return t('error.unacknowledged-alerts', { count: numberIn(details, 'count') ?? 1 });
  }
  if (code === 'already-acknowledged') {
    const who = details?.['acknowledgedBy'];
    const at = numberIn(details, 'acknowledgedAt');
    if (typeof who === 'string' && at !== undefined) {
      return t('error.already-acknowledged-by', { who, when: formatTime(at, language, workstationZone()) });
    }
  }
  if (code === 'forbidden') {
    const refusal = refusalIn(error);
    if (refusal !== undefined) return refusalText(refusal, t);
    const role = `role.${String(details?.['needed'])}`;
    if (hasKey(role)) return t('refusal.role', { role: t(role) });
  }
  if (code === 'conflict') {
    const why = conflictText(details, t, language);
    if (why !== undefined) return why;
  }
  const confirmedBy = details?.['confirmedBy'];
  const confirmedAt = numberIn(details, 'confirmedAt');
  if (code === 'conflict' && typeof confirmedBy === 'string' && confirmedAt !== undefined) {
    return t('error.conflict-confirmed', {
      who: confirmedBy,
      when: formatTime(confirmedAt, language, workstationZone()),
    });
  }
  const key = `error.${code}`;
  return hasKey(key) ? t(key) : error.message;
};
