import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { Pass, Vehicle } from '../../../contract/domain.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { useWords } from '../../ui/i18n.ts';
import { twoDigits } from '../../ui/formats.ts';
import { Empty } from '../../ui/messages.tsx';
import { ComingCar } from './tile-springs.tsx';
import { VehicleTile } from './vehicle-tile.tsx';
import './train-strip.css';

/** A truck shuttle in full (docs/domain.md): how many places the strip keeps while the count is not known. */
const usualVehicles = 36;

const expectedCount = (pass: Pass, highest: number): number => {
  if (pass.vehicleCount !== undefined) return Math.max(pass.vehicleCount, highest);
  return pass.status === 'in-progress' ? Math.max(usualVehicles, highest) : highest;
};

const tilesPerRow = (strip: HTMLElement): number => {
  const [first, ...others] = strip.querySelectorAll<HTMLElement>('.tile');
  if (first === undefined) return 1;
  const next = others.findIndex((tile) => tile.offsetTop > first.offsetTop);
  return next < 0 ? others.length + 1 : next + 1;
};

interface TrainStripProps {
  readonly pass: Pass;
  readonly vehicles: ReadonlyMap<number, Vehicle>;
  /** Reading distances of a wall: tiles show their worst mark only. */
  readonly compact: boolean;
}

/**
 * The train, head on the left, a tile per car in running order; it fills as the train passes. One tile is in the tab
 * order, arrow keys move along the train.
 */
export const TrainStrip = ({ pass, vehicles, compact }: TrainStripProps) => {
  const { t } = useWords();
  const { select, openCar } = useLiveActions();
  const selected = useLive((state) => state.selection.vehicleIndex);
  const strip = useRef<HTMLDivElement>(null);
  const indices = [...vehicles.keys()].sort((left, right) => left - right);
  const highest = indices.at(-1) ?? 0;
  const count = expectedCount(pass, highest);
  const tabbable = selected !== undefined && vehicles.has(selected) ? selected : indices[0];

  useEffect(() => {
    // With the frame that lays the new train out, not before it in the same task.
    const frame = requestAnimationFrame(() =>
      strip.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [selected, pass.id]);

  if (count === 0) {
    return <Empty title={t(pass.status === 'in-progress' ? 'pass.noVehicles' : 'pass.noVehiclesEnded')} />;
  }

  const moveTo = (index: number | undefined): void => {
    if (index === undefined) return;
    select({ vehicleIndex: index, alertId: undefined });
    strip.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Enter' && selected !== undefined) {
      event.preventDefault();
      void openCar(pass.id, selected, undefined, event.shiftKey);
      return;
    }
    const row = tilesPerRow(event.currentTarget);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: row,
      ArrowUp: -row,
    };
    const place = indices.indexOf(selected ?? Number.NaN);
    if (event.key === 'Home') moveTo(indices[0]);
    else if (event.key === 'End') moveTo(indices.at(-1));
    else {
      const step = steps[event.key];
      if (step === undefined || event.ctrlKey) return;
      moveTo(place < 0 ? indices[0] : (indices[place + step] ?? selected));
    }
    event.preventDefault();
  };

  return (
    <div className={compact ? 'strip strip-compact scroll' : 'strip scroll'}>
      <div className="strip-head" title={t('train.travel')}>
        <svg viewBox="0 0 20 24" aria-hidden="true" className="strip-arrow">
          <path d="M14 3 L3 12 L14 21 Z" />
        </svg>
        <span>{t('train.head')}</span>
      </div>
      <div
        ref={strip}
        className="tiles"
        role="listbox"
        aria-orientation="horizontal"
        aria-label={t('train.label')}
        data-testid="train-strip"
        onKeyDown={onKeyDown}
      >
        {Array.from({ length: count }, (_, place) => {
          const index = place + 1;
          const vehicle = vehicles.get(index);
          return vehicle === undefined ? (
            <div
              key={index}
              className="tile tile-empty"
              role="presentation"
              title={t('train.coming')}
              data-testid={`vehicle-empty-${index}`}
            >
              <span className="tile-head">
                <span className="tile-number">{twoDigits(index)}</span>
              </span>
              {!compact && <ComingCar />}
            </div>
          ) : (
            <VehicleTile
              key={index}
              vehicle={vehicle}
              selected={index === selected}
              tabbable={index === tabbable}
              compact={compact}
              onSelect={select}
              onOpen={openCar}
            />
          );
        })}
      </div>
    </div>
  );
};
