import type { ReactNode } from 'react';
import type { AlarmFigures } from '../../../contract/domain.ts';
import { formatAge, formatMoment, formatNumber } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';
import type { TranslateAdmin } from '../../ui/i18n.ts';
import { goals } from './goals.ts';
import { severityText } from './severity-text.ts';

export interface KeyFigure {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** Present: there is a goal, and whether the figure is beyond it. */
  readonly beyondGoal?: boolean | undefined;
}

const together = (...parts: readonly (string | false)[]): string =>
  parts.filter((part) => part !== false).join(' · ');

/** The figures that are one number each, as words of the screen's language. */
export const keyFigures = (
  figures: AlarmFigures,
  t: TranslateAdmin,
  language: Language,
  zone: string,
): readonly KeyFigure[] => {
  const number = (value: number, decimals = 0): string => formatNumber(value, language, decimals);
  const percent = (share: number): string =>
    t('statistics.percent', { value: number(share * 100, share > 0 && share < 0.1 ? 1 : 0) });
  const { raised, operators, perOperatorAndDay, worstTenMinutes: worst, timeToAcknowledge: waits } = figures;
  const beyond = {
    operator: perOperatorAndDay > goals.perOperatorAndDay,
    flood: worst !== undefined && worst.count > goals.inTenMinutes,
    share: figures.shareInFlood >= goals.shareInFlood,
  };
  return [
    {
      key: 'per-operator',
      name: t('statistics.perOperator'),
      value: number(perOperatorAndDay, perOperatorAndDay > 0 && perOperatorAndDay < 100 ? 1 : 0),
      note: together(
        t(beyond.operator ? 'statistics.beyondGoal' : 'statistics.withinGoal'),
        t('statistics.goal', { goal: goals.perOperatorAndDay }),
        operators === 0 ? t('statistics.nobody') : t('statistics.operators', { count: operators }),
      ),
      beyondGoal: beyond.operator,
    },
    {
      key: 'raised',
      name: t('statistics.raised'),
      value: number(raised.critical + raised.warning),
      note: severityText(raised, t, language),
    },
    {
      key: 'worst',
      name: t('statistics.worst'),
      value: worst === undefined ? t('statistics.none') : number(worst.count),
      note: together(
        beyond.flood && t('statistics.flood', { goal: goals.inTenMinutes }),
        worst !== undefined && formatMoment(worst.from, language, zone),
      ),
      beyondGoal: beyond.flood,
    },
    {
      key: 'flood',
      name: t('statistics.shareInFlood'),
      value: percent(figures.shareInFlood),
      note: together(
        beyond.share && t('statistics.beyondGoal'),
        t('statistics.goalBelow', { goal: percent(goals.shareInFlood).replace(/[.,]0/, '') }),
      ),
      beyondGoal: beyond.share,
    },
    {
      key: 'standing',
      name: t('statistics.standing'),
      value: number(figures.standing),
      note: t('statistics.standingNote'),
    },
    { key: 'shelved', name: t('statistics.shelved'), value: number(figures.shelved), note: '' },
    {
      key: 'median',
      name: t('statistics.median'),
      value: waits === undefined ? '–' : formatAge(waits.median, language),
      note: waits === undefined ? t('statistics.nothingAcknowledged') : '',
    },
    {
      key: 'percentile',
      name: t('statistics.percentile'),
      value: waits === undefined ? '–' : formatAge(waits.percentile95, language),
      note: waits === undefined ? t('statistics.nothingAcknowledged') : t('statistics.percentileNote'),
    },
  ];
};

interface KeyFigureCardProps {
  readonly figure: KeyFigure;
  readonly mark: ReactNode;
  readonly children?: ReactNode;
}

/** One of them, large; a goal that is missed has a mark and says so. */
export const KeyFigureCard = ({ figure, mark, children }: KeyFigureCardProps) => (
  <div
    className="key-figure"
    data-testid={`figure-${figure.key}`}
    data-beyond={figure.beyondGoal === true}
    data-wide={children !== undefined}
  >
    <dt>{figure.name}</dt>
    <dd>
      <span className="key-figure-value">
        {figure.beyondGoal === true && mark} {figure.value}
      </span>
      <span className="secondary">{figure.note}</span>
      {children}
    </dd>
  </div>
);
