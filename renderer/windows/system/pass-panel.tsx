import { CarSummary } from '../../features/car-summary/car-summary.tsx';
import { PassHead } from '../../features/passes/pass-head.tsx';
import { TrainStrip } from '../../features/train-strip/train-strip.tsx';
import { usePicture } from '../../live/picture.ts';
import { useLive } from '../../live/store.tsx';
import { classes } from '../../ui/dom.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty, Loading } from '../../ui/messages.tsx';

interface PassPanelProps {
  readonly compact: boolean;
  readonly onShowAlerts: () => void;
}

/** The selected pass: its head, its train, and the selected car. */
export const PassPanel = ({ compact, onShowAlerts }: PassPanelProps) => {
  const { t } = useWords();
  const { passId, vehicleIndex, position } = useLive((state) => state.selection);
  const pass = useLive((state) => (passId === undefined ? undefined : state.passes.get(passId)));
  const watched = useLive((state) => state.watched);
  const { freshness } = usePicture();
  if (pass === undefined) {
    return (
      <div className="panel system-wait">
        <Empty title={t('pass.none')}>{t('pass.noneText')}</Empty>
      </div>
    );
  }
  const shown = watched?.passId === pass.id ? watched : undefined;
  const vehicle = vehicleIndex === undefined ? undefined : shown?.vehicles.get(vehicleIndex);
  return (
    <>
      <section
        className={classes('panel pass-panel', freshness === 'stale' && 'hatched')}
        aria-label={t('pass.title', { train: pass.trainNumber })}
        data-region="train"
      >
        <PassHead pass={pass} seen={shown?.vehicles.size ?? 0} onShowAlerts={onShowAlerts} />
        {shown === undefined ? (
          <Loading text={t('pass.loading')} />
        ) : (
          <TrainStrip pass={pass} vehicles={shown.vehicles} compact={compact} />
        )}
      </section>
      {!compact && shown !== undefined && (
        <div data-region="car">
          {vehicle === undefined ? (
            <div className="panel car-choose secondary">{t('car.choose')}</div>
          ) : (
            <CarSummary pass={pass} vehicle={vehicle} thresholds={shown.thresholds} position={position} />
          )}
        </div>
      )}
    </>
  );
};
