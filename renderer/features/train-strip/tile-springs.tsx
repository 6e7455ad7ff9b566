import type { Vehicle } from '../../../contract/domain.ts';
import type { Language } from '../../ui/formats.ts';
import { MarkShapes } from '../../ui/state-mark.tsx';
import { axleCentres, springPlaces } from '../../ui/vehicle-geometry.ts';

const width = 120;
const height = 52;

/** A car still to come: its outline only. */
export const ComingCar = () => (
  <svg className="tile-springs" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
    <rect className="tile-body tile-coming" x={1} y={14} width={width - 2} height={height - 28} rx={5} />
  </svg>
);

/** The springs of a car by their state, each where it is in the picture. */
const placesByState = (vehicle: Vehicle, centres: readonly number[], half: number) => {
  const marks = springPlaces(vehicle.axles, vehicle.leadingEnd).map(({ springIndex, column, row }) => ({
    state: vehicle.springs[springIndex]?.state ?? 'none',
    x: (centres[Math.floor(column / 2)] ?? 0) * width + (column % 2 === 0 ? -half : half),
    y: row === 'top' ? 9 : height - 9,
  }));
  return Map.groupBy(marks, ({ state }) => state);
};

/** From the least to the worst: what is drawn later lies on top where marks touch. */
const drawn = ['none', 'ok', 'unmeasured', 'warning', 'critical'] as const;

/** The springs of one car as marks at their places, seen from above, running to the left. */
export const TileSprings = ({
  vehicle,
  language,
}: {
  readonly vehicle: Vehicle;
  readonly language: Language;
}) => {
  const centres = axleCentres(vehicle.axles);
  const half = Math.min(6.4, (width / (vehicle.axles + 1)) * 0.27);
  const places = placesByState(vehicle, centres, half);
  return (
    <svg className="tile-springs" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect className="tile-body" x={1} y={14} width={width - 2} height={height - 28} rx={5} />
      <path
        className="tile-axle"
        d={centres.map((centre) => `M${centre * width} 10 V${height - 10}`).join('')}
      />
      {drawn.map((state) => {
        const there = places.get(state);
        const abnormal = state === 'critical' || state === 'warning';
        return (
          there && (
            <MarkShapes
              key={state}
              state={state}
              places={there}
              size={abnormal ? 17 : Math.min(13, half * 2.1)}
              language={language}
              lettered={abnormal}
            />
          )
        );
      })}
    </svg>
  );
};
