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

function countsOf(alerts: readonly Alert[], language: Language): { critical: number; body: string } {
  const words = textsOf(language).notification;
  const critical = alerts.filter((alert) => alert.severity === 'critical').length;
  const trains = [...new Set(alerts.flatMap((alert) => alert.trainNumber ?? []))].slice(0, 3);
  const counts = fill(words.burstBody, { critical, warning: alerts.length - critical });
  const where = trains.map((train) => fill(words.train, { train })).join(', ');
  return { critical, body: where === '' ? counts : `${counts} · ${where}` };
}

/** One notification for many alerts, with exact numbers. */
export function wordGroup(alerts: readonly Alert[], language: Language): Words {
  const { critical, body } = countsOf(alerts, language);
  const title = fill(textsOf(language).notification.burstTitle, { count: alerts.length });
  return { title: `${critical > 0 ? '▲' : '●'} ${title}`, body };
}

/** In a flood: that there is one and how large it is first, then what is new since the last notification. */
export function wordFlood(alerts: readonly Alert[], flood: number, language: Language): Words {
  const { critical, body } = countsOf(alerts, language);
  const count = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB').format(flood);
  const words = textsOf(language).notification;
  const [only] = alerts;
  const single = only && alerts.length === 1 ? wordAlert(only, language) : undefined;
  return {
    title: `${critical > 0 ? '▲' : '●'} ${fill(words.floodTitle, { count })}`,
    body: single ? `${single.title}: ${single.body}` : fill(words.floodBody, { counts: body }),
  };
}
