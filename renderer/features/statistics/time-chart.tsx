import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { AlarmFigures } from '../../../contract/domain.ts';
import { formatDay, formatMoment, formatNumber, formatShortTime } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { useRootPixels } from '../../ui/root-size.ts';
import { MarkShape } from '../../ui/state-mark.tsx';
import { useSize } from '../../ui/use-size.ts';
import { countScale } from './count-scale.ts';
import { barsOf, goalOfStep } from './goals.ts';
import type { Bar } from './goals.ts';
import { monthName } from './month-name.ts';
import { severityText } from './severity-text.ts';
import { timeTicks } from './time-scale.ts';

interface TimeChartProps {
  readonly figures: AlarmFigures;
  readonly title: string;
  readonly period: string;
  readonly zone: string;
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -24,
  PageDown: 24,
  Home: -Infinity,
  End: Infinity,
};

/** How far above the highest bar the goal may lie and still be on the picture. */
const goalRoom = 2.5;

/**
 * Alerts in each step of the period: warnings in grey, critical ones on top of them in the colour of text. A step
 * beyond the goal has a mark above it.
 */
export const TimeChart = ({ figures, title, period, zone }: TimeChartProps) => {
  const { t, language } = useAdminWords();
  const rem = useRootPixels();
  const box = useRef<HTMLDivElement>(null);
  const width = Math.floor(useSize(box)?.width ?? 0);
  const [at, setAt] = useState<number>();
  const bars = barsOf(figures);
  const goal = goalOfStep(figures);
  const count = ({ critical, warning }: Bar): number => critical + warning;
  const highest = bars.reduce((most, bar) => Math.max(most, count(bar)), 0);
  const worst = bars.find((bar) => count(bar) === highest);
  const goalShown = goal <= Math.max(1, highest) * goalRoom;
  const { top, ticks } = countScale(goalShown ? Math.max(highest, goal) : highest, 5);
  const height = rem * 14;
  const area = { left: rem * 3.2, right: width - rem * 0.8, top: rem * 1.6, bottom: height - rem * 1.9 };
  const { from } = figures;
  const to = bars.at(-1)?.to ?? figures.to;
  const x = (moment: number): number =>
    area.left + ((area.right - area.left) * (moment - from)) / (to - from);
  const y = (alerts: number): number => area.bottom - ((area.bottom - area.top) * alerts) / top;
  const labels = timeTicks(
    { from, to },
    zone,
    Math.max(2, Math.floor((area.right - area.left) / (rem * 4.5))),
  );
  const shown = at === undefined ? undefined : bars[at];
  const wordsOf = (bar: Bar): string =>
    t('statistics.bar', {
      when: formatMoment(bar.from, language, zone),
      alerts: severityText(bar, t, language),
    });
  const goalText = formatNumber(goal, language, goal < 10 && !Number.isInteger(goal) ? 1 : 0);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    const from = at ?? (step < 0 ? bars.length : -1);
    setAt(Math.max(0, Math.min(bars.length - 1, from + step)));
  };
  const onPointer = (event: PointerEvent<SVGSVGElement>): void => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const found = bars.findIndex((bar) => left >= x(bar.from) && left < x(bar.to));
    setAt(found < 0 ? undefined : found);
  };
  return (
    <div className="time-chart">
      <ul className="chart-legend">
        <li>
          <span className="swatch swatch-warning" /> {t('statistics.warning')}
        </li>
        <li>
          <span className="swatch swatch-critical" /> {t('statistics.critical')}
        </li>
        {goalShown ? (
          <li>
            <span className="swatch swatch-goal" /> {t('statistics.goalLine', { goal: goalText })}
          </li>
        ) : (
          <li>{t('statistics.goalAbove', { goal: goalText })}</li>
        )}
        {bars.some(({ beyondGoal }) => beyondGoal) && (
          <li>
            <svg className="state-mark" viewBox="0 0 24 24" aria-hidden="true">
              <MarkShape state="warning" x={12} y={12} size={16} language={language} lettered={false} />
            </svg>{' '}
            {t('statistics.beyondGoal')}
          </li>
        )}
      </ul>
      <div
        ref={box}
        className="chart-place"
        role="application"
        tabIndex={0}
        aria-label={t('statistics.chart', {
          title,
          period,
          total: formatNumber(figures.raised.critical + figures.raised.warning, language),
          most: formatNumber(highest, language),
          when: worst === undefined ? '–' : formatMoment(worst.from, language, zone),
        })}
        data-testid="time-chart"
        onKeyDown={onKeyDown}
        onBlur={() => setAt(undefined)}
      >
        {width > 0 && (
          <svg
            aria-hidden="true"
            width={width}
            height={height}
            fontSize={rem * 0.78}
            onPointerMove={onPointer}
            onPointerLeave={() => setAt(undefined)}
          >
            {ticks.map((tick) => (
              <g key={tick}>
                <line className="chart-line" x1={area.left} x2={area.right} y1={y(tick)} y2={y(tick)} />
                <text
                  className="chart-label"
                  x={area.left - rem * 0.5}
                  y={y(tick)}
                  textAnchor="end"
                  dominantBaseline="central"
                >
                  {formatNumber(tick, language)}
                </text>
              </g>
            ))}
            {shown !== undefined && (
              <rect
                className="chart-chosen"
                x={x(shown.from)}
                y={area.top}
                width={Math.max(2, x(shown.to) - x(shown.from))}
                height={area.bottom - area.top}
              />
            )}
            {bars.map((bar) => {
              const wide = x(bar.to) - x(bar.from);
              const gap = Math.min(wide * 0.15, 2);
              const place = { x: x(bar.from) + gap / 2, width: Math.max(0.5, wide - gap) };
              return (
                <g key={bar.from}>
                  <rect
                    className="bar-warning"
                    {...place}
                    y={y(bar.warning)}
                    height={area.bottom - y(bar.warning)}
                  />
                  <rect
                    className="bar-critical"
                    {...place}
                    y={y(count(bar))}
                    height={y(bar.warning) - y(count(bar))}
                  />
                  {bar.beyondGoal && (
                    <MarkShape
                      state="warning"
                      x={(x(bar.from) + x(bar.to)) / 2}
                      y={y(count(bar)) - rem * 0.45}
                      size={Math.max(rem * 0.45, Math.min(rem * 0.7, wide))}
                      language={language}
                      lettered={false}
                    />
                  )}
                </g>
              );
            })}
            {goalShown && (
              <line className="goal-line" x1={area.left} x2={area.right} y1={y(goal)} y2={y(goal)} />
            )}
            <line className="chart-axis" x1={area.left} x2={area.right} y1={area.bottom} y2={area.bottom} />
            {labels.map(({ at: moment, unit }) => (
              <g key={moment}>
                <line
                  className="chart-axis"
                  x1={x(moment)}
                  x2={x(moment)}
                  y1={area.bottom}
                  y2={area.bottom + rem * 0.3}
                />
                <text
                  className="chart-label"
                  x={x(moment)}
                  y={area.bottom + rem * 1.2}
                  textAnchor={x(moment) > area.right - rem ? 'end' : 'middle'}
                >
                  {unit === 'hour'
                    ? formatShortTime(moment, language, zone)
                    : unit === 'day'
                      ? formatDay(moment, language, zone)
                      : monthName(moment, language, zone)}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
      <p className="chart-read secondary" aria-live="polite" data-testid="chart-read">
        {shown === undefined ? t('statistics.barHelp') : wordsOf(shown)}
      </p>
    </div>
  );
};
