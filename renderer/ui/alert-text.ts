import type { Alert, Rule } from '../../contract/domain.ts';
import { formatMillimetres, formatNumber, formatPosition } from './formats.ts';
import type { Language } from './formats.ts';
import type { Translate } from './i18n.ts';

const inMillimetres: ReadonlySet<Rule> = new Set(['height', 'asymmetry', 'conflict', 'trend']);

/** Where: `3Rb`, `3b`, `left side`; empty for whole cars and passes. */
export const alertPlace = (alert: Alert, t: Translate, language: Language): string => {
  if (alert.position === undefined) return '';
  if (alert.rule === 'camera-blind') {
    return t(alert.position === 'left' ? 'side.left' : 'side.right');
  }
  return formatPosition(alert.position, language, alert.vehicleNumber !== undefined);
};

/** A height or difference in the rule's unit: `171.8 mm`; shares and counts as plain numbers. */
export const alertValue = (
  alert: Pick<Alert, 'rule'>,
  value: number | undefined,
  language: Language,
): string | undefined => {
  if (value === undefined) return undefined;
  if (inMillimetres.has(alert.rule)) return `${formatMillimetres(value, language)} mm`;
  if (alert.rule === 'camera-blind') return `${formatNumber(value * 100, language)} %`;
  return formatNumber(value, language, Number.isInteger(value) ? 0 : 2);
};

/** What: the defect's name for a defect, the rule's name otherwise. */
export const alertRule = (alert: Alert, t: Translate): string =>
  alert.rule === 'defect' && alert.defect !== undefined
    ? t(`defect.${alert.defect}`)
    : t(`rule.${alert.rule}`);

/** What is the case, with its figures where they say more than the rule's name does. */
const statement = (alert: Alert, t: Translate, language: Language): string => {
  const { value: number } = alert;
  const value = alertValue(alert, number, language);
  if (number === undefined || value === undefined || alert.rule === 'defect') return alertRule(alert, t);
  const limit = alertValue(alert, alert.limit, language);
  const withLimit = (text: string): string =>
    limit === undefined ? text : `${text} (${t('alerts.limit', { limit })})`;
  switch (alert.rule) {
    case 'identity':
      return alertRule(alert, t);
    case 'conflict':
      return withLimit(t('alertText.conflict', { value }));
    case 'trend':
      return withLimit(t('alertText.trend', { value }));
    case 'unseen':
      return t('alertText.unseen', { count: number });
    case 'incomplete':
      return t('alertText.incomplete', { count: number });
    case 'count-mismatch':
      return limit === undefined ? alertRule(alert, t) : t('alertText.count-mismatch', { value, limit });
    case 'camera-blind':
      return t('alertText.camera-blind', { share: value });
    case 'data-gap':
      return t('alertText.data-gap', { count: number });
    default:
      return withLimit(`${alertRule(alert, t)} ${value}`);
  }
};

/** One line a person can act on: `3Rb broken`, `2La height 194.2 mm (limit 195.0 mm)`, `incomplete: 5 springs not measured`. */
export const alertText = (alert: Alert, t: Translate, language: Language): string => {
  const place = alertPlace(alert, t, language);
  const what = statement(alert, t, language);
  if (place === '') return what;
  // A side is words, not a code: it heads the sentence.
  if (alert.rule === 'camera-blind') return t('alertText.ofSide', { side: place, what });
  return `${place} ${what}`;
};

/** About what: `6412 · car 12`, `6412 · whole pass`, `stream …`. */
export const alertSubject = (alert: Alert, t: Translate): string => {
  if (alert.passId === undefined) return t('alerts.stream', { stream: alert.streamId ?? '–' });
  const where =
    alert.vehicleIndex === undefined ? t('alerts.wholePass') : t('alerts.car', { index: alert.vehicleIndex });
  return alert.trainNumber === undefined ? where : `${alert.trainNumber} · ${where}`;
};

export const flashOf = (alert: Alert): 'active' | 'cleared' | undefined => {
  if (alert.state === 'active-unacknowledged') return 'active';
  return alert.state === 'cleared-unacknowledged' ? 'cleared' : undefined;
};
