import type { AlarmFigures } from '../../../contract/domain.ts';

/** What the field asks of an alarm system (EEMUA 191, IEC 62682). */
export const goals = {
  /** Alerts an operator can attend to in a day, at most. */
  perOperatorAndDay: 144,
  /** More new alerts than this in ten minutes are a flood. */
  inTenMinutes: 10,
  /** Share of the time in flood. */
  shareInFlood: 0.01,
} as const;

const day = 86_400_000;

/** Length of a step of the series, ms: an hour or a day (contract/domain.ts). */
export const stepOf = ({ series, from, to }: Pick<AlarmFigures, 'series' | 'from' | 'to'>): number => {
  const [first, second] = series;
  if (first !== undefined && second !== undefined) return second.from - first.from;
  return to - from > 14 * day ? day : day / 24;
};

/** The goal for one step of the series and all who acted; nobody counts as one. */
export const goalOfStep = (figures: AlarmFigures): number =>
  (goals.perOperatorAndDay * Math.max(1, figures.operators) * stepOf(figures)) / day;

export interface Bar {
  readonly from: number;
  /** Of the last one perhaps still to come: it is drawn as wide as the others. */
  readonly to: number;
  readonly critical: number;
  readonly warning: number;
  readonly beyondGoal: boolean;
}

export const barsOf = (figures: AlarmFigures): readonly Bar[] => {
  const step = stepOf(figures);
  const goal = goalOfStep(figures);
  return figures.series.map(({ from, critical, warning }) => ({
    from,
    to: from + step,
    critical,
    warning,
    beyondGoal: critical + warning > goal,
  }));
};
