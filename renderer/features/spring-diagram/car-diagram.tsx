import { useRef } from 'react';
import type { TypeLimits, Vehicle } from '../../../contract/domain.ts';
import { formatDifference, sideName, trailingEnd } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { useRootPixels } from '../../ui/root-size.ts';
import { barScale, changeSince, sideDifference } from '../../ui/spring-scale.ts';
import { useSize } from '../../ui/use-size.ts';
import { axleCentres, bogies, springPlaces } from '../../ui/vehicle-geometry.ts';
import { SpringBar } from './spring-bar.tsx';
import './spring-diagram.css';

interface CarDiagramProps {
  readonly vehicle: Vehicle;
  readonly limits: TypeLimits;
  readonly minConfidence: number;
  readonly previous: Vehicle | undefined;
  readonly selected: string | undefined;
  readonly onSelect: (position: string) => void;
}

/**
 * The car from above, running to the left: bogies, axles, wheels, nests at their places, each spring a bar inside its
 * band. Above and below stand the running right and left side, labelled with the fixed sides of this car.
 */
export const CarDiagram = ({
  vehicle,
  limits,
  minConfidence,
  previous,
  selected,
  onSelect,
}: CarDiagramProps) => {
  const { t, language } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const rem = useRootPixels();
  return (
    <div ref={box} className="diagram" data-testid="car-diagram">
      {size !== undefined && size.width > 0 && (
        <svg width={size.width} height={size.height} role="group" aria-label={t('car.diagram')}>
          <Drawing
            {...{ vehicle, limits, minConfidence, previous, selected, onSelect, rem, language }}
            width={size.width}
            height={size.height}
            lead={vehicle.leadingEnd ?? ''}
            trail={vehicle.leadingEnd === undefined ? '' : trailingEnd(vehicle.leadingEnd)}
          />
        </svg>
      )}
    </div>
  );
};

interface DrawingProps extends CarDiagramProps {
  readonly width: number;
  readonly height: number;
  readonly rem: number;
  readonly language: 'en' | 'fr';
  readonly lead: string;
  readonly trail: string;
}

const Drawing = (props: DrawingProps) => {
  const {
    vehicle,
    limits,
    minConfidence,
    previous,
    selected,
    onSelect,
    width,
    height,
    rem,
    language,
    lead,
    trail,
  } = props;
  // Unidentified cars name their sides in words.
  const left = (vehicle.identified ? 3.4 : 5.2) * rem;
  const right = width - 2.6 * rem;
  const inner = right - left;
  const body = Math.min(8 * rem, Math.max(3.4 * rem, height * 0.22));
  const top = (height - body) / 2;
  const bottom = top + body;
  const centres = axleCentres(vehicle.axles).map((centre) => left + centre * inner);
  const unit = (centres[1] ?? right) - (centres[0] ?? left);
  const columnWidth = vehicle.axles > 3 ? unit / 2 : Math.min(unit / 2, 6 * rem);
  const scale = barScale(limits);
  const places = springPlaces(vehicle.axles, vehicle.leadingEnd);
  const middle = height / 2;
  let axle = 0;
  return (
    <>
      <rect
        className="car-body"
        x={left - 0.8 * rem}
        y={top + 0.9 * rem}
        width={inner + 1.6 * rem}
        height={body - 1.8 * rem}
        rx={0.7 * rem}
      />
      <path
        className="car-arrow"
        d={`M${left - 1.4 * rem} ${middle - 1.1 * rem} L${left - 2.9 * rem} ${middle} L${left - 1.4 * rem} ${middle + 1.1 * rem} Z`}
      />
      <text className="car-end" x={left - 0.2 * rem} y={middle}>
        {lead}
      </text>
      <text className="car-end" x={right + 0.2 * rem} y={middle}>
        {trail}
      </text>
      <text className="car-side" x={left - 2.3 * rem} y={top / 2}>
        {sideName('top', vehicle, language)}
      </text>
      <text className="car-side" x={left - 2.3 * rem} y={bottom + top / 2}>
        {sideName('bottom', vehicle, language)}
      </text>
      {bogies(vehicle.axles).map((count) => {
        const first = centres[axle] ?? left;
        const last = centres[axle + count - 1] ?? first;
        const key = axle;
        axle += count;
        return (
          <rect
            key={key}
            className="car-bogie"
            x={first - columnWidth * 0.8}
            y={top + 1.5 * rem}
            width={last - first + columnWidth * 1.6}
            height={Math.max(0, body - 3 * rem)}
            rx={0.4 * rem}
          />
        );
      })}
      {centres.map((centre, place) => {
        const number = vehicle.leadingEnd === 'B' ? vehicle.axles - place : place + 1;
        return (
          <g key={number}>
            <line className="car-axle" x1={centre} x2={centre} y1={top + 0.5 * rem} y2={bottom - 0.5 * rem} />
            {[top + 0.2 * rem, bottom - 0.9 * rem].map((y) => (
              <rect
                key={y}
                className="car-wheel"
                x={centre - Math.min(0.9 * rem, columnWidth * 0.4)}
                y={y}
                width={Math.min(1.8 * rem, columnWidth * 0.8)}
                height={0.7 * rem}
                rx={0.2 * rem}
              />
            ))}
            <circle className="car-axle-number" cx={centre} cy={middle} r={0.75 * rem} />
            <text className="car-number" x={centre} y={middle}>
              {number}
            </text>
          </g>
        );
      })}
      {places.map(({ springIndex, position, column, row }) => {
        const spring = vehicle.springs[springIndex];
        const centre = centres[Math.floor(column / 2)] ?? left;
        const x = centre + (column % 2 === 0 ? -columnWidth / 2 : columnWidth / 2);
        if (spring === undefined) return undefined;
        const difference = sideDifference(vehicle, springIndex, minConfidence);
        return (
          <g key={position}>
            <SpringBar
              spring={spring}
              identified={vehicle.identified}
              limits={limits}
              scale={scale}
              credible={(spring.confidence ?? 0) >= minConfidence}
              previousCmm={previous?.springs.find((each) => each.position === position)?.heightCmm}
              changeCmm={changeSince(spring, previous)}
              selected={position === selected}
              x={x}
              top={row === 'top' ? 0 : bottom}
              height={top}
              width={columnWidth}
              rem={rem}
              mirrored={row === 'bottom'}
              onSelect={onSelect}
            />
            {row === 'top' && difference !== undefined && columnWidth >= 3.2 * rem && (
              <text className="car-difference" x={x} y={middle}>
                {columnWidth > 4.8 * rem ? 'Δ ' : ''}
                {formatDifference(Math.abs(difference), language).replace('+', '')}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
};
