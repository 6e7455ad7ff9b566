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

/** Centre of a mark in units of the surrounding drawing. */
interface Place {
  readonly x: number;
  readonly y: number;
}

interface ShapesProps {
  readonly state: MarkState;
  readonly places: readonly Place[];
  /** Full size in units of the surrounding drawing. */
  readonly size: number;
  readonly language: 'en' | 'fr';
  readonly lettered?: boolean;
  readonly flash?: Flash;
}

const square = ({ x, y }: Place, half: number): string =>
  `M${x - half} ${y - half} h${half * 2} v${half * 2} h${half * -2} Z`;

const outline = (state: MarkState, place: Place, half: number): string => {
  const { x, y } = place;
  switch (state) {
    case 'critical':
      return `M${x} ${y - half} L${x + half * 1.08} ${y + half * 0.9} L${x - half * 1.08} ${y + half * 0.9} Z`;
    case 'warning': {
      const radius = half * 0.95;
      const arc = `a${radius} ${radius} 0 1 0`;
      return `M${x - radius} ${y} ${arc} ${radius * 2} 0 ${arc} ${radius * -2} 0 Z`;
    }
    case 'stale':
      return `M${x} ${y - half * 1.05} L${x + half * 1.05} ${y} L${x} ${y + half * 1.05} L${x - half * 1.05} ${y} Z`;
    case 'unmeasured':
      return square(place, half * 0.78);
    case 'ok':
    case 'none':
      return square(place, half * 0.7);
  }
};

const hatch = ({ x, y }: Place, half: number): string =>
  `M${x - half * 0.78} ${y + half * 0.1} L${x - half * 0.1} ${y - half * 0.78} M${x - half * 0.78} ${y + half * 0.78} L${x + half * 0.78} ${y - half * 0.78} M${x + half * 0.1} ${y + half * 0.78} L${x + half * 0.78} ${y - half * 0.1}`;

/**
 * Marks of one state as part of a larger drawing: shape, letter and colour together, never colour alone. However many
 * they are, they are one outline and one text: a train of a thousand springs is laid out in a moment.
 */
export const MarkShapes = ({ state, places, size, language, lettered = true, flash }: ShapesProps) => {
  const half = size / 2;
  const letter = lettered ? letters[language][state] : undefined;
  const sink = state === 'critical' ? half * 0.24 : 0;
  const className = `mark mark-${state}${flash === undefined ? '' : ` flash-${flash}`}`;
  return (
    <g className={className} data-count={places.length}>
      <path className="mark-shape" d={places.map((place) => outline(state, place, half)).join('')} />
      {state === 'unmeasured' && (
        <path className="mark-hatch" d={places.map((place) => hatch(place, half)).join('')} />
      )}
      {letter !== undefined && state !== 'unmeasured' && (
        <text
          x={places.map(({ x }) => x).join(' ')}
          y={places.map(({ y }) => y + sink).join(' ')}
          fontSize={size * (state === 'critical' ? 0.56 : 0.66)}
        >
          {letter.repeat(places.length)}
        </text>
      )}
    </g>
  );
};

/** One mark as part of a larger drawing. */
export const MarkShape = ({ x, y, ...props }: Omit<ShapesProps, 'places'> & Place) => (
  <MarkShapes places={[{ x, y }]} {...props} />
);

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
