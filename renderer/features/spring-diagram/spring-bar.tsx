import { memo } from 'react';
import type { Spring, TypeLimits } from '../../../contract/domain.ts';
import { formatDifference, formatMillimetres, formatPosition } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import type { BarScale } from '../../ui/spring-scale.ts';
import { MarkShape } from '../../ui/state-mark.tsx';

interface SpringBarProps {
  readonly spring: Spring;
  readonly identified: boolean;
  readonly limits: TypeLimits;
  readonly scale: BarScale;
  readonly credible: boolean;
  readonly previousCmm: number | undefined;
  readonly changeCmm: number | undefined;
  readonly selected: boolean;
  /** Centre of the column, top and height of its room, px. */
  readonly x: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
  readonly rem: number;
  /** The code stands outermost: at the bottom on the lower side. */
  readonly mirrored: boolean;
  readonly onSelect: (position: string) => void;
}

/** One spring: code, value, a bar with its pointer inside the band and a tick where it was in the last pass, change. */
export const SpringBar = memo((props: SpringBarProps) => {
  const { spring, identified, limits, scale, credible, previousCmm, changeCmm, selected, onSelect } = props;
  const { x, top, height, width, rem, mirrored } = props;
  const { t, language } = useWords();
  const { heightCmm } = spring;
  const state = spring.state ?? 'none';
  const abnormal = state === 'warning' || state === 'critical';
  const line = 1.15 * rem;
  // Seen from far away there is room for codes, bars and the figures of what is wrong.
  const compact = width < 2.8 * rem || height < 7.5 * rem;
  const code = formatPosition(spring.position, language, identified);
  const shortCode = identified ? code : code.split('·').slice(-1).join('');
  const defect =
    spring.defect !== undefined && spring.defect !== 'none' ? t(`defect.${spring.defect}`) : undefined;
  const value = heightCmm === undefined ? '–' : formatMillimetres(heightCmm, language);
  // From the top: code, value, bar, change; mirrored below the car, so that codes are outermost on both sides.
  const barHeight = Math.max(0.8 * rem, height - (compact ? 2.6 : 3) * line - (compact ? 0.4 : 0.9) * rem);
  const codeY = mirrored ? top + height - line * 0.6 : top + line * 0.7;
  const valueY = mirrored ? top + height - line * 1.65 : top + line * 1.75;
  const barTop = mirrored ? top + (compact ? 0.4 * rem : line + 0.5 * rem) : top + line * 2.4;
  const changeY = mirrored ? top + 0.75 * line : top + height - 0.55 * line;
  const barWidth = Math.min(2.2 * rem, width * (abnormal ? 0.32 : 0.4));
  const at = (cmm: number): number => barTop + barHeight * (1 - scale.place(cmm));
  const bands: readonly (readonly [string, number, number])[] = [
    ['band-critical', scale.highCmm, scale.lowCmm],
    ['band-warning', limits.criticalHighCmm, limits.criticalLowCmm],
    [
      'band-ok',
      limits.warningHighCmm ?? limits.criticalHighCmm,
      limits.warningLowCmm ?? limits.criticalLowCmm,
    ],
  ];
  const barLeft = x - barWidth / 2;
  const codeText = width > 5.5 * rem ? code : shortCode;
  // Beside the value where that leaves the frame some air, else in the place of the change, which the table has too.
  const both = `${value} ${defect ?? ''}`;
  const bothFit = width > (both.length * 0.6 + 1.5) * rem;
  const valueText = defect !== undefined && bothFit ? both : value;
  const apart = defect !== undefined && !bothFit;
  const change = changeCmm === undefined ? '' : formatDifference(changeCmm, language);
  const changeText = compact ? '' : apart ? defect : change;
  const valueSize = (width - 6) / (valueText.length * 0.7);
  const changeSize = Math.min(0.85 * rem, (width - 10) / (changeText.length * 0.6));
  // The mark stands between the bar and the frame of the column and covers neither.
  const markRoom = width / 2 - barWidth / 2 - 8;
  const markSize = Math.min(1.45 * rem, Math.max(0.8 * rem, markRoom / 1.08));
  return (
    <g
      className="spring-bar"
      role="button"
      tabIndex={selected ? 0 : -1}
      aria-pressed={selected}
      data-testid={`spring-${spring.position}`}
      data-state={state}
      onClick={() => onSelect(spring.position)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') onSelect(spring.position);
      }}
    >
      <rect
        className="spring-room"
        x={x - width / 2 + 2}
        y={top + 2}
        width={width - 4}
        height={height - 4}
        rx={4}
      />
      <text className="spring-code" x={x} y={codeY}>
        {codeText}
      </text>
      <text
        className={abnormal ? 'spring-value spring-value-strong' : 'spring-value'}
        x={x}
        y={valueY}
        style={compact && valueSize < 0.75 * rem ? { fontSize: valueSize } : undefined}
      >
        {compact && !abnormal ? '' : valueText}
      </text>
      <text
        className={apart ? 'spring-change spring-value-strong' : 'spring-change'}
        x={x}
        y={changeY}
        style={{ fontSize: changeSize }}
      >
        {changeText}
      </text>
      {/* In words for screen readers; the name of the button is all its text. */}
      <text className="spring-words" x={x} y={top + height / 2}>
        {` ${t('spring.label', { position: code, state: t(`state.${state}`) })}`}
      </text>
      <g aria-hidden="true">
        {spring.state === undefined || spring.state === 'unmeasured' ? (
          <>
            <rect className="band-none" x={barLeft} y={barTop} width={barWidth} height={barHeight} />
            {spring.state === 'unmeasured' && (
              <MarkShape
                state="unmeasured"
                x={x}
                y={barTop + barHeight / 2}
                size={1.5 * rem}
                language={language}
              />
            )}
          </>
        ) : (
          <>
            {bands.map(([name, high, low]) => (
              <rect
                key={name}
                className={name}
                x={barLeft}
                y={at(high)}
                width={barWidth}
                height={at(low) - at(high)}
              />
            ))}
            {previousCmm !== undefined && (
              <line
                className="bar-previous"
                x1={barLeft - 0.45 * rem}
                x2={barLeft}
                y1={at(previousCmm)}
                y2={at(previousCmm)}
              />
            )}
            {heightCmm !== undefined && (
              <line
                className={`bar-pointer bar-pointer-${state}${credible ? '' : ' bar-unsure'}`}
                x1={barLeft - 0.2 * rem}
                x2={barLeft + barWidth + 0.2 * rem}
                y1={at(heightCmm)}
                y2={at(heightCmm)}
              />
            )}
            {abnormal && (
              <MarkShape
                state={state}
                x={Math.min(barLeft + barWidth + 0.95 * rem, x + width / 2 - 6 - markSize * 0.55)}
                y={
                  heightCmm === undefined
                    ? barTop + barHeight / 2
                    : Math.min(barTop + barHeight - 0.7 * rem, Math.max(barTop + 0.7 * rem, at(heightCmm)))
                }
                size={markSize}
                language={language}
              />
            )}
          </>
        )}
      </g>
    </g>
  );
});
