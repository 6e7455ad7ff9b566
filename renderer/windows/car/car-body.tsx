import { useEffect } from 'react';
import type { CarDetail, WindowContext } from '../../../contract/results.ts';
import { CarDiagram } from '../../features/spring-diagram/car-diagram.tsx';
import { SpringTable } from '../../features/spring-diagram/spring-table.tsx';
import { SpringPanel } from '../../features/spring-panel/spring-panel.tsx';
import { TrendPanel } from '../../features/trends/trend-panel.tsx';
import { useCar } from '../../live/car.ts';
import { usePicture } from '../../live/picture.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { classes, isTextField } from '../../ui/dom.ts';
import { formatMoment, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { springPlaces } from '../../ui/vehicle-geometry.ts';
import { CarTitle } from './car-title.tsx';

/** The spring a car opens at: the one asked for, else its worst, else its first. */
const startPosition = (detail: CarDetail): string | undefined => {
  const { springs } = detail.vehicle;
  const worst =
    springs.find((spring) => spring.state === 'critical') ??
    springs.find((spring) => spring.state === 'warning');
  return (worst ?? springs[0])?.position;
};

interface CarBodyProps {
  readonly detail: CarDetail;
  readonly context: WindowContext;
}

export const CarBody = ({ detail, context }: CarBodyProps) => {
  const { t, language } = useWords();
  const { select } = useLiveActions();
  const car = useCar(detail);
  const { pass, vehicle, limits, indices } = car;
  const chosen = useLive((state) => state.selection.position);
  const position = vehicle.springs.some((spring) => spring.position === chosen)
    ? chosen
    : startPosition(detail);
  const { freshness } = usePicture();
  const previous = detail.previous;
  const choose = (next: string): void => select({ position: next, alertId: undefined });

  const place = indices.indexOf(vehicle.index);
  const before = indices[place - 1];
  const after = indices[place + 1];
  useEffect(() => {
    const goTo = (index: number | undefined): void => {
      if (index !== undefined) select({ vehicleIndex: index, position: undefined, alertId: undefined });
    };
    const alongSprings = (key: string): void => {
      const places = springPlaces(vehicle.axles, vehicle.leadingEnd);
      const from = places.find((each) => each.position === position);
      if (from === undefined) return;
      const row = key === 'ArrowUp' ? 'top' : key === 'ArrowDown' ? 'bottom' : from.row;
      const column = from.column + (key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0);
      const next = places.find((each) => each.row === row && each.column === column);
      if (next !== undefined) select({ position: next.position, alertId: undefined });
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTextField(event.target) || event.ctrlKey) return;
      if (event.altKey && event.key.startsWith('Arrow')) alongSprings(event.key);
      else if (event.key === 'ArrowLeft') goTo(before);
      else if (event.key === 'ArrowRight') goTo(after);
      else if (event.key === 'Home') goTo(indices[0]);
      else if (event.key === 'End') goTo(indices.at(-1));
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [before, after, indices, position, vehicle.axles, vehicle.leadingEnd, select]);

  return (
    <main className="car-body-grid">
      <CarTitle car={car} before={before} after={after} context={context} />
      <section
        className={classes('panel car-drawing', freshness === 'stale' && 'hatched')}
        data-region="diagram"
        aria-label={t('car.diagram')}
      >
        <CarDiagram
          vehicle={vehicle}
          limits={limits}
          minConfidence={detail.thresholds.minConfidence}
          previous={previous?.vehicle}
          selected={position}
          onSelect={choose}
        />
        {previous !== undefined && (
          <p className="car-compared secondary">
            {t('car.comparedWith', {
              when: formatMoment(previous.pass.startedAt, language, zoneOfSite(pass.site)),
            })}
          </p>
        )}
      </section>
      <SpringPanel car={car} position={position} />
      <section
        className="panel car-table scroll"
        aria-label={t('car.table')}
        tabIndex={0}
        data-region="table"
      >
        <SpringTable
          vehicle={vehicle}
          limits={limits}
          minConfidence={detail.thresholds.minConfidence}
          previous={previous?.vehicle}
          selected={position}
          onSelect={choose}
        />
      </section>
      <section className="panel car-trend" data-region="trend">
        {position !== undefined && (
          <TrendPanel
            pass={pass}
            vehicle={vehicle}
            position={position}
            onOpen={(passId, vehicleIndex) => select({ passId, vehicleIndex, position, alertId: undefined })}
          />
        )}
      </section>
    </main>
  );
};
