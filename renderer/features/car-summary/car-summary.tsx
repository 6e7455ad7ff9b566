import { memo } from 'react';
import type { KeyboardEvent } from 'react';
import type { Pass, Spring, ThresholdSet, Vehicle } from '../../../contract/domain.ts';
import { useLiveActions } from '../../live/store.tsx';
import type { Live } from '../../live/store.tsx';
import { formatMillimetres, formatPosition, sideName } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { axleCentres, springPlaces } from '../../ui/vehicle-geometry.ts';
import type { SpringPlace } from '../../ui/vehicle-geometry.ts';
import { useVehicleWords } from '../../ui/vehicle-words.ts';
import './car-summary.css';

interface SummarySpringProps {
  readonly spring: Spring;
  readonly place: SpringPlace;
  readonly selected: boolean;
  readonly identified: boolean;
  readonly language: Language;
  readonly onSelect: Live['select'];
  readonly onOpen: () => void;
}

const SummarySpring = memo(
  ({ spring, place, selected, identified, language, onSelect, onOpen }: SummarySpringProps) => {
    const { t } = useWords();
    const state = spring.state ?? 'none';
    const code = formatPosition(spring.position, language, identified);
    const height = spring.heightCmm === undefined ? '–' : formatMillimetres(spring.heightCmm, language);
    return (
      <button
        type="button"
        className="summary-spring"
        style={{ gridColumn: place.column + 1, gridRow: place.row === 'top' ? 1 : 2 }}
        aria-pressed={selected}
        data-testid={`spring-${spring.position}`}
        data-state={state}
        onClick={() => onSelect({ position: spring.position })}
        onDoubleClick={onOpen}
      >
        <span className="summary-code">{code}</span>
        <span className="summary-value">
          {state !== 'ok' && state !== 'none' && <StateMark state={state} />}
          {spring.defect !== undefined && spring.defect !== 'none' ? t(`defect.${spring.defect}`) : height}
        </span>
      </button>
    );
  },
);

const count = (vehicle: Vehicle, state: Spring['state']): number =>
  vehicle.springs.filter((spring) => spring.state === state).length;

interface CarSummaryProps {
  readonly pass: Pass;
  readonly vehicle: Vehicle;
  readonly thresholds: ThresholdSet;
  readonly position: string | undefined;
}

/** The selected car with every spring where it sits, as in the strip above: head to the left. */
export const CarSummary = ({ pass, vehicle, thresholds, position }: CarSummaryProps) => {
  const { t, language } = useWords();
  const { select, openCar } = useLiveActions();
  const words = useVehicleWords(vehicle, thresholds);
  const open = (): void => void openCar(pass.id, vehicle.index, position);
  const places = springPlaces(vehicle.axles, vehicle.leadingEnd);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const place = places.find((each) => each.position === position);
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: 0, ArrowDown: 0 }[event.key];
    if (move === undefined || place === undefined) return;
    const row = move === 0 ? (event.key === 'ArrowUp' ? 'top' : 'bottom') : place.row;
    const next = places.find((each) => each.column === place.column + move && each.row === row);
    if (next === undefined) return;
    event.preventDefault();
    select({ position: next.position });
    event.currentTarget.querySelector<HTMLElement>(`[data-testid="spring-${next.position}"]`)?.focus();
  };
  return (
    <section
      className="panel car-summary"
      aria-label={t('car.title', { index: vehicle.index })}
      data-testid="car-summary"
    >
      <div className="car-summary-head">
        <h2>
          <StateMark state={vehicle.state ?? 'none'} /> {t('car.title', { index: vehicle.index })}
        </h2>
        {words.map((word) => (
          <span key={word}>{word}</span>
        ))}
        <div className="car-summary-end">
          <span className="car-counts">
            <span className="secondary">{t('car.springs', { count: vehicle.springs.length })}</span>
            <CountOf state="critical" count={count(vehicle, 'critical')} />
            <CountOf state="warning" count={count(vehicle, 'warning')} />
            <CountOf state="unmeasured" count={vehicle.blankCount} />
          </span>
          <button type="button" className="button" data-testid="open-car" onClick={open}>
            {t('car.open')} <span className="key">↵</span>
          </button>
        </div>
      </div>
      <div className="car-summary-springs" onKeyDown={onKeyDown}>
        <div className="summary-sides" aria-hidden="true">
          <span>{sideName('top', vehicle, language)}</span>
          <span>{sideName('bottom', vehicle, language)}</span>
        </div>
        <div
          className="summary-grid"
          style={{ gridTemplateColumns: `repeat(${vehicle.axles * 2}, minmax(0, 1fr))` }}
          data-axles={axleCentres(vehicle.axles).length}
        >
          {places.map((place) => {
            const spring = vehicle.springs[place.springIndex];
            return (
              spring !== undefined && (
                <SummarySpring
                  key={place.position}
                  spring={spring}
                  place={place}
                  selected={position === place.position}
                  identified={vehicle.identified}
                  language={language}
                  onSelect={select}
                  onOpen={open}
                />
              )
            );
          })}
        </div>
      </div>
    </section>
  );
};

const CountOf = ({
  state,
  count: value,
}: {
  readonly state: 'critical' | 'warning' | 'unmeasured';
  readonly count: number;
}) => {
  const { t } = useWords();
  return (
    <span className={value === 0 ? 'secondary' : undefined}>
      {value > 0 && <StateMark state={state} decorative />} {t(`car.${state}`, { count: value })}
    </span>
  );
};
