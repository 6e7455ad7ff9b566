import type { TypeLimits } from '../../../contract/domain.ts';
import type { TrendPoint } from '../../../contract/results.ts';
import { formatDay, formatShortTime } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';

/**
 * Where the height axis has figures, mm: at the limits. A warning limit closer than `leastMm` to a figure that
 * stands already keeps its line and loses its figure.
 */
export const limitTicks = (limits: TypeLimits, leastMm: number): number[] => {
  const placed = [limits.criticalLowCmm / 100, limits.criticalHighCmm / 100];
  for (const cmm of [limits.warningLowCmm, limits.warningHighCmm]) {
    if (cmm === undefined) continue;
    const millimetres = cmm / 100;
    if (placed.every((other) => Math.abs(other - millimetres) >= leastMm)) placed.push(millimetres);
  }
  return placed.sort((left, right) => left - right);
};

export interface PassLabels {
  /** Room one label needs, rem. */
  readonly roomRem: number;
  /** Labels of the points with these numbers, in order; empty where there is no point. */
  readonly of: (ticks: readonly number[]) => string[];
}

/** Up to here days alone would repeat. */
const shortSpanMs = 3 * 86_400_000;

/** When the passes were: days; over a short span with the hour. A day that was just named is not named again. */
export const passLabels = (points: readonly TrendPoint[], language: Language, zone: string): PassLabels => {
  const first = points[0]?.startedAt ?? 0;
  const last = points.at(-1)?.startedAt ?? first;
  const hourly = last - first < shortSpanMs;
  return {
    roomRem: hourly ? 6.6 : 5,
    of: (ticks) => {
      let named = '';
      return ticks.map((tick) => {
        const point = points[tick];
        if (point === undefined) return '';
        const day = formatDay(point.startedAt, language, zone);
        const time = formatShortTime(point.startedAt, language, zone);
        if (day === named) return time;
        named = day;
        return hourly ? `${day} ${time}` : day;
      });
    },
  };
};
