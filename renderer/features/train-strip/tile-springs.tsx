import type { Vehicle } from '../../../contract/domain.ts';
import type { Language } from '../../ui/formats.ts';
import { MarkShape } from '../../ui/state-mark.tsx';
import { axleCentres, springPlaces } from '../../ui/vehicle-geometry.ts';

const width = 120;
const height = 52;

/** A car still to come: its outline only. */
export const ComingCar = () => (
  <svg className="tile-springs" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
    <rect className="tile-body tile-coming" x={1} y={14} width={width - 2} height={height - 28} rx={5} />
  </svg>
);

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
  return (
    <svg className="tile-springs" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect className="tile-body" x={1} y={14} width={width - 2} height={height - 28} rx={5} />
      {centres.map((centre) => (
        <line
          key={centre}
          className="tile-axle"
          x1={centre * width}
          x2={centre * width}
          y1={10}
          y2={height - 10}
        />
      ))}
      {springPlaces(vehicle.axles, vehicle.leadingEnd).map(({ springIndex, position, column, row }) => {
        const centre = (centres[Math.floor(column / 2)] ?? 0) * width;
        const state = vehicle.springs[springIndex]?.state;
        const abnormal = state === 'critical' || state === 'warning';
        return (
          <MarkShape
            key={position}
            state={state ?? 'none'}
            x={centre + (column % 2 === 0 ? -half : half)}
            y={row === 'top' ? 9 : height - 9}
            size={abnormal ? 17 : Math.min(13, half * 2.1)}
            language={language}
            lettered={abnormal}
          />
        );
      })}
    </svg>
  );
};
