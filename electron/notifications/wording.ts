import type { Alert } from '../../contract/domain.ts';
import { fill, textsOf } from '../texts/texts.ts';
import type { Language } from '../texts/texts.ts';

export interface Words {
  readonly title: string;
  readonly body: string;
}

/** Sides are L and R in the fixed code; the French interface shows G and D (docs/domain.md, positions). */
const localPosition = (position: string, language: Language): string =>
  language === 'fr' ? position.replace('L', 'G').replace('R', 'D') : position;

const isHeight = (alert: Alert): boolean =>
  alert.rule === 'height' ||
  alert.rule === 'asymmetry' ||
  alert.rule === 'conflict' ||
  alert.rule === 'trend';

function millimetres(cmm: number, language: Language): string {
  const format = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 2,
  });
  return `${format.format(cmm / 100)} mm`;
}

/** Title with train and car, body with spring, what is wrong, value and limit, in the person's language. */
export function wordAlert(alert: Alert, language: Language): Words {
  const words = textsOf(language).notification;
  const mark = alert.severity === 'critical' ? '▲' : '●';
  const place = [
    alert.trainNumber === undefined ? undefined : fill(words.train, { train: alert.trainNumber }),
    alert.vehicleIndex === undefined ? undefined : fill(words.car, { car: alert.vehicleIndex }),
    alert.trainNumber === undefined ? alert.streamId : undefined,
  ].filter((part) => part !== undefined);

  const hasSpring = alert.position !== undefined && alert.rule !== 'camera-blind';
  const spring = hasSpring
    ? fill(words.spring, { position: localPosition(alert.position ?? '', language) })
    : undefined;
  const defect = alert.rule === 'defect' && alert.defect ? words.defects[alert.defect] : '';
  const condition = defect === '' ? words.rules[alert.rule] : defect;
  const value = isHeight(alert) && alert.value !== undefined ? ` ${millimetres(alert.value, language)}` : '';
  const limit =
    isHeight(alert) && alert.limit !== undefined
      ? `, ${fill(words.limit, { limit: millimetres(alert.limit, language) })}`
      : '';
  const statement = `${condition}${value}${limit}`;
  return {
    title: `${mark} ${place.join(' · ') || words.rules[alert.rule]}`,
    body: spring === undefined ? statement : `${spring}: ${statement}`,
  };
}

/** One notification for many alerts, with exact numbers. */
export function wordGroup(alerts: readonly Alert[], language: Language): Words {
  const words = textsOf(language).notification;
  const critical = alerts.filter((alert) => alert.severity === 'critical').length;
  const trains = [...new Set(alerts.flatMap((alert) => alert.trainNumber ?? []))].slice(0, 3);
  const counts = fill(words.burstBody, { critical, warning: alerts.length - critical });
  const where = trains.map((train) => fill(words.train, { train })).join(', ');
  return {
    title: `${critical > 0 ? '▲' : '●'} ${fill(words.burstTitle, { count: alerts.length })}`,
    body: where === '' ? counts : `${counts} · ${where}`,
  };
}
