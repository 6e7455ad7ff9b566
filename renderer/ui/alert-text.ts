import type { Alert, Rule } from '../../contract/domain.ts';
import { formatMillimetres, formatNumber, formatPosition } from './formats.ts';
import type { Language } from './formats.ts';
import type { Translate } from './i18n.ts';

const inMillimetres: ReadonlySet<Rule> = new Set(['height', 'asymmetry', 'conflict', 'trend']);

/** Where: `3Rb`, `3b`, `left side`; empty for whole cars and passes. */
export const alertPlace = (alert: Alert, t: Translate, language: Language): string => {
  if (alert.position === undefined) return '';
  if (alert.rule === 'camera-blind') {
    return t('alerts.blindSide', { side: formatPosition(alert.position, language) });
  }
  return formatPosition(alert.position, language, alert.vehicleNumber !== undefined);
};

/** The value at the trigger and its limit in the rule's unit: `171.8 mm`, `5 not measured`, `62 %`. */
export const alertValue = (
  alert: Pick<Alert, 'rule'>,
  value: number | undefined,
  t: Translate,
  language: Language,
): string | undefined => {
  if (value === undefined) return undefined;
  if (inMillimetres.has(alert.rule)) return `${formatMillimetres(value, language)} mm`;
  if (alert.rule === 'camera-blind')
    return t('alerts.share', { percent: formatNumber(value * 100, language) });
  if (alert.rule === 'incomplete' || alert.rule === 'unseen') {
    return t('alerts.springsBlank', { count: formatNumber(value, language) });
  }
  return formatNumber(value, language, Number.isInteger(value) ? 0 : 2);
};

/** What: the defect's name for a defect, the rule's name otherwise. */
export const alertRule = (alert: Alert, t: Translate): string =>
  alert.rule === 'defect' && alert.defect !== undefined
    ? t(`defect.${alert.defect}`)
    : t(`rule.${alert.rule}`);

/** One line: `3Rb broken`, `2La height 194.2 mm (limit 195.0 mm)`. */
export const alertText = (alert: Alert, t: Translate, language: Language): string => {
  const parts = [alertPlace(alert, t, language), alertRule(alert, t)];
  if (alert.rule !== 'defect' && alert.rule !== 'identity') {
    const value = alertValue(alert, alert.value, t, language);
    const limit = alertValue(alert, alert.limit, t, language);
    if (value !== undefined) parts.push(value);
    if (value !== undefined && limit !== undefined && inMillimetres.has(alert.rule)) {
      parts.push(`(${t('alerts.limit', { limit })})`);
    }
  }
  return parts.filter((part) => part !== '').join(' ');
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
