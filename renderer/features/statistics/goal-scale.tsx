import { useRef } from 'react';
import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { useRootPixels } from '../../ui/root-size.ts';
import { MarkShape } from '../../ui/state-mark.tsx';
import { useSize } from '../../ui/use-size.ts';
import { countScale } from './count-scale.ts';
import { goals } from './goals.ts';

/** Alerts per operator and day on a drawn scale, with the goal of 144 marked on it. */
export const GoalScale = ({ value }: { readonly value: number }) => {
  const { t, language } = useAdminWords();
  const rem = useRootPixels();
  const box = useRef<HTMLDivElement>(null);
  const width = Math.floor(useSize(box)?.width ?? 0);
  const goal = goals.perOperatorAndDay;
  const { top, ticks } = countScale(Math.max(value, goal * 1.5), Math.max(2, Math.floor(width / (rem * 5))));
  const left = rem * 0.8;
  const right = Math.max(left + 1, width - rem * 1.6);
  const x = (count: number): number => left + ((right - left) * count) / top;
  const bar = { y: rem * 1.5, height: rem * 1.1 };
  const below = bar.y + bar.height;
  return (
    <div ref={box} className="goal-scale">
      {width > 0 && (
        <svg
          role="img"
          width={width}
          height={rem * 4.4}
          fontSize={rem * 0.78}
          data-testid="goal-scale"
          aria-label={t('statistics.scale', {
            value: formatNumber(value, language, 1),
            top: formatNumber(top, language),
            goal,
          })}
        >
          <rect className="goal-ground" x={left} y={bar.y} width={right - left} height={bar.height} />
          <rect
            className="goal-bar"
            x={left}
            y={bar.y + rem * 0.2}
            width={x(value) - left}
            height={bar.height - rem * 0.4}
          />
          {ticks.map((tick) => (
            <g key={tick}>
              <line className="chart-axis" x1={x(tick)} x2={x(tick)} y1={below} y2={below + rem * 0.3} />
              <text className="chart-label" x={x(tick)} y={below + rem * 1.15} textAnchor="middle">
                {formatNumber(tick, language)}
              </text>
            </g>
          ))}
          <line
            className="goal-line"
            x1={x(goal)}
            x2={x(goal)}
            y1={bar.y - rem * 0.3}
            y2={below + rem * 0.3}
          />
          <text className="chart-label goal-word" x={x(goal)} y={bar.y - rem * 0.5} textAnchor="middle">
            {t('statistics.goalLine', { goal })}
          </text>
          {value > goal && (
            <MarkShape
              state="warning"
              x={Math.min(x(value), right)}
              y={bar.y + bar.height / 2}
              size={rem * 1.1}
              language={language}
            />
          )}
        </svg>
      )}
    </div>
  );
};
