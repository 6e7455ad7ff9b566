import type { State } from '../../contract/domain.ts';
import { useWords } from './i18n.ts';
import './state-mark.css';

/** States a mark can show: of springs, cars and passes, plus out of date. */
export type MarkState = State | 'stale' | 'none';
type Flash = 'active' | 'cleared' | undefined;

const letters: Readonly<Record<'en' | 'fr', Partial<Record<MarkState, string>>>> = {
  en: { warning: 'W', critical: 'C', unmeasured: '–', stale: '?' },
  fr: { warning: 'A', critical: 'C', unmeasured: '–', stale: '?' },
};

interface ShapeProps {
  readonly state: MarkState;
  /** Centre and full size in units of the surrounding drawing. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly language: 'en' | 'fr';
  readonly lettered?: boolean;
  readonly flash?: Flash;
}

const outline = (state: MarkState, x: number, y: number, half: number): string => {
  switch (state) {
    case 'critical':
      return `M${x} ${y - half} L${x + half * 1.08} ${y + half * 0.9} L${x - half * 1.08} ${y + half * 0.9} Z`;
    case 'stale':
      return `M${x} ${y - half * 1.05} L${x + half * 1.05} ${y} L${x} ${y + half * 1.05} L${x - half * 1.05} ${y} Z`;
    default:
      return '';
  }
};

/** The mark as part of a larger drawing: shape, letter and colour together, never colour alone. */
export const MarkShape = ({ state, x, y, size, language, lettered = true, flash }: ShapeProps) => {
  const half = size / 2;
  const letter = lettered ? letters[language][state] : undefined;
  const className = `mark mark-${state}${flash === undefined ? '' : ` flash-${flash}`}`;
  return (
    <g className={className}>
      {state === 'warning' && <circle cx={x} cy={y} r={half * 0.95} />}
      {(state === 'critical' || state === 'stale') && <path d={outline(state, x, y, half)} />}
      {(state === 'ok' || state === 'none') && (
        <rect x={x - half * 0.7} y={y - half * 0.7} width={half * 1.4} height={half * 1.4} />
      )}
      {state === 'unmeasured' && (
        <>
          <rect x={x - half * 0.78} y={y - half * 0.78} width={half * 1.56} height={half * 1.56} />
          <path
            className="mark-hatch"
            d={`M${x - half * 0.78} ${y + half * 0.1} L${x - half * 0.1} ${y - half * 0.78} M${x - half * 0.78} ${y + half * 0.78} L${x + half * 0.78} ${y - half * 0.78} M${x + half * 0.1} ${y + half * 0.78} L${x + half * 0.78} ${y - half * 0.1}`}
          />
        </>
      )}
      {letter !== undefined && state !== 'unmeasured' && (
        <text
          x={x}
          y={y + (state === 'critical' ? half * 0.24 : 0)}
          fontSize={size * (state === 'critical' ? 0.56 : 0.66)}
        >
          {letter}
        </text>
      )}
    </g>
  );
};

interface MarkProps {
  readonly state: MarkState;
  readonly flash?: Flash;
  /** The words beside the mark say it already: nothing for a screen reader. */
  readonly decorative?: boolean;
  readonly className?: string;
}

/** The mark alone, larger than the text beside it. */
export const StateMark = ({ state, flash, decorative = false, className = '' }: MarkProps) => {
  const { t, language } = useWords();
  const shape = <MarkShape state={state} x={12} y={12} size={20} language={language} flash={flash} />;
  if (decorative) {
    return (
      <svg className={`state-mark ${className}`} viewBox="0 0 24 24" aria-hidden="true">
        {shape}
      </svg>
    );
  }
  return (
    <svg
      className={`state-mark ${className}`}
      viewBox="0 0 24 24"
      role="img"
      aria-label={t(`state.${state}`)}
    >
      {shape}
    </svg>
  );
};
