import type { TypeLimits } from '../../../contract/domain.ts';
import { heightZones, placeOn } from './band-geometry.ts';
import type { Band } from './band-geometry.ts';

interface MiniBandProps {
  readonly band: Band;
  readonly limits: TypeLimits;
}

/** The band of a vehicle type in a list, all on one scale, so that types can be compared at a glance. */
export const MiniBand = ({ band, limits }: MiniBandProps) => (
  <span className="mini-band" aria-hidden="true">
    {heightZones(band, limits).map(({ state, fromCmm, toCmm }) => {
      const from = placeOn(band, fromCmm);
      return (
        <span
          key={fromCmm}
          className={`zone-${state}`}
          style={{
            insetInlineStart: `${from * 100}%`,
            inlineSize: `${(placeOn(band, toCmm) - from) * 100}%`,
          }}
        />
      );
    })}
  </span>
);
