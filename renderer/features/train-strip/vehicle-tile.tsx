import { memo } from 'react';
import type { MouseEvent } from 'react';
import type { Vehicle } from '../../../contract/domain.ts';
import type { Live } from '../../live/store.tsx';
import { twoDigits } from '../../ui/formats.ts';
import { hasKey, useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { TileSprings } from './tile-springs.tsx';

interface VehicleTileProps {
  readonly vehicle: Vehicle;
  readonly selected: boolean;
  readonly tabbable: boolean;
  readonly compact: boolean;
  readonly onSelect: Live['select'];
  readonly onOpen: Live['openCar'];
}

/** One car of the strip; drawn again only when its vehicle object changes. */
export const VehicleTile = memo(
  ({ vehicle, selected, tabbable, compact, onSelect, onOpen }: VehicleTileProps) => {
    const { t, language } = useWords();
    const { index, passId, state } = vehicle;
    const abnormal = state !== undefined && state !== 'ok';
    const type = `vehicleType.${vehicle.vehicleType ?? ''}`;
    const name = vehicle.identified ? (vehicle.vehicleNumber ?? '') : t('train.unidentified');
    const words = [
      t('train.tile', { index, number: name, state: t(`state.${state ?? 'none'}`) }),
      hasKey(type) ? t(type) : vehicle.vehicleType,
      vehicle.blankCount > 0 ? t('train.tileBlank', { count: vehicle.blankCount }) : undefined,
    ].filter((word) => word !== undefined);
    const open = (event: MouseEvent): void => void onOpen(passId, index, undefined, event.shiftKey);
    return (
      <div
        className="tile"
        role="option"
        aria-selected={selected}
        title={words.join('\n')}
        tabIndex={tabbable ? 0 : -1}
        data-index={index}
        data-state={state ?? 'none'}
        data-testid={`vehicle-tile-${index}`}
        onClick={() => onSelect({ vehicleIndex: index, position: undefined, alertId: undefined })}
        onDoubleClick={open}
      >
        <span className="tile-head">
          <span className="tile-number">{twoDigits(index)}</span>
          {!vehicle.identified && <span className="tile-unidentified">?</span>}
          <span className="visually-hidden">{words.join(', ')}</span>
          {abnormal && <StateMark state={state} decorative />}
        </span>
        {!compact && <TileSprings vehicle={vehicle} language={language} />}
      </div>
    );
  },
);
