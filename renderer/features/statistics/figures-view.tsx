import type { AlarmFigures, AlarmSource } from '../../../contract/domain.ts';
import { formatMoment, formatNumber, formatPosition } from '../../ui/formats.ts';
import { hasAdminKey, useAdminWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { FigureTable } from './figure-table.tsx';
import { GoalScale } from './goal-scale.tsx';
import { barsOf, stepOf } from './goals.ts';
import { KeyFigureCard, keyFigures } from './key-figures.tsx';
import { TimeChart } from './time-chart.tsx';

const hour = 3_600_000;

interface FiguresViewProps {
  readonly figures: AlarmFigures;
  readonly zone: string;
  readonly loading: boolean;
}

/** All figures of one period: pictures first, and every picture as a table too. */
export const FiguresView = ({ figures, zone, loading }: FiguresViewProps) => {
  const { t, language } = useAdminWords();
  const number = (value: number): string => formatNumber(value, language);
  const moment = (at: number): string => formatMoment(at, language, zone);
  const period = t('statistics.exactly', { from: moment(figures.from), to: moment(figures.to) });
  const keys = keyFigures(figures, t, language, zone);
  const title = t(stepOf(figures) > hour ? 'statistics.perDay' : 'statistics.perHour');
  const bars = barsOf(figures);
  const empty = figures.raised.critical + figures.raised.warning === 0;
  const sourceRows = (sources: readonly AlarmSource[]) =>
    sources.map(({ vehicleNumber, position, rule, site, count }, place) => ({
      key: `${place}`,
      cells: [
        [vehicleNumber, position === undefined ? undefined : formatPosition(position, language)]
          .filter((part) => part !== undefined)
          .join(' · ') || '–',
        t(`rule.${rule}`),
        site ?? '–',
        number(count),
      ],
    }));
  const sourceColumns = [
    { key: 'source', title: t('statistics.source') },
    { key: 'rule', title: t('statistics.rule') },
    { key: 'site', title: t('statistics.site') },
    { key: 'count', title: t('statistics.count'), numeric: true },
  ];
  const nameOf = (by: string, name: string): string => {
    const key = `rule.${name}`;
    return by === 'rule' && hasAdminKey(key) ? t(key) : name;
  };
  return (
    <div className="figures" data-testid="figures" data-loading={loading}>
      <p className="figures-period" role="status">
        {period}
        {loading && ` · ${t('statistics.loading')}`}
      </p>
      <section aria-label={t('statistics.key')}>
        <h3 className="visually-hidden">{t('statistics.key')}</h3>
        <dl className="key-figures">
          {keys.map((figure) => (
            <KeyFigureCard key={figure.key} figure={figure} mark={<StateMark state="warning" decorative />}>
              {figure.key === 'per-operator' ? <GoalScale value={figures.perOperatorAndDay} /> : undefined}
            </KeyFigureCard>
          ))}
        </dl>
        <details className="figure-details">
          <summary>{t('statistics.asTable')}</summary>
          <FigureTable
            title={`${t('statistics.key')}, ${period}`}
            testId="key-figures"
            columns={[
              { key: 'name', title: t('statistics.figure') },
              { key: 'value', title: t('statistics.value'), numeric: true },
              { key: 'note', title: t('statistics.note') },
            ]}
            rows={keys.map(({ key, name, value, note }) => ({ key, cells: [name, value, note] }))}
          />
        </details>
      </section>
      <section aria-label={t('statistics.time')}>
        <h3>{title}</h3>
        {empty ? (
          <Empty title={t('statistics.noAlerts')} />
        ) : (
          <>
            <TimeChart figures={figures} title={title} period={period} zone={zone} />
            <details className="figure-details">
              <summary data-testid="series-open">{t('statistics.asTable')}</summary>
              <FigureTable
                title={`${title}, ${period}`}
                testId="series"
                long={bars.length > 12}
                columns={[
                  { key: 'from', title: t('statistics.begin') },
                  { key: 'critical', title: t('statistics.critical'), numeric: true },
                  { key: 'warning', title: t('statistics.warning'), numeric: true },
                  { key: 'total', title: t('statistics.total'), numeric: true },
                  { key: 'note', title: t('statistics.note') },
                ]}
                rows={bars.map((bar) => ({
                  key: String(bar.from),
                  cells: [
                    moment(bar.from),
                    number(bar.critical),
                    number(bar.warning),
                    number(bar.critical + bar.warning),
                    bar.beyondGoal ? t('statistics.beyondGoal') : '',
                  ],
                }))}
              />
            </details>
          </>
        )}
      </section>
      <div className="figures-columns">
        {(['topSources', 'chattering'] as const).map((which) => (
          <section key={which} aria-label={t(`statistics.${which}`)}>
            <h3>{t(`statistics.${which}`)}</h3>
            {which === 'chattering' && <p className="secondary">{t('statistics.chatteringHelp')}</p>}
            {figures[which].length === 0 ? (
              <Empty title={t(which === 'chattering' ? 'statistics.noChattering' : 'statistics.noAlerts')} />
            ) : (
              <FigureTable
                title={`${t(`statistics.${which}`)}, ${period}`}
                testId={which}
                columns={sourceColumns}
                rows={sourceRows(figures[which])}
              />
            )}
          </section>
        ))}
      </div>
      <section aria-label={t('statistics.falseRates')}>
        <h3>{t('statistics.falseRates')}</h3>
        <p className="secondary">{t('statistics.falseHelp')}</p>
        {figures.falseRates.length === 0 ? (
          <Empty title={t('statistics.noVerdicts')} />
        ) : (
          <FigureTable
            title={`${t('statistics.falseRates')}, ${period}`}
            testId="false-rates"
            columns={[
              { key: 'by', title: t('statistics.by') },
              { key: 'name', title: t('statistics.name') },
              { key: 'judged', title: t('statistics.judged'), numeric: true },
              { key: 'wrong', title: t('statistics.wrong'), numeric: true },
              { key: 'rate', title: t('statistics.rate'), numeric: true },
            ]}
            rows={figures.falseRates.map(({ by, name, judged, wrong }) => ({
              key: `${by} ${name}`,
              cells: [
                t(`statistics.by.${by}`),
                nameOf(by, name),
                number(judged),
                number(wrong),
                judged === 0 ? '–' : t('statistics.percent', { value: number((wrong / judged) * 100) }),
              ],
            }))}
          />
        )}
      </section>
    </div>
  );
};
