import { useEffect, useState } from 'react';
import type { WindowContext } from '../../../contract/results.ts';
import { call } from '../../live/call.ts';
import type { Car } from '../../live/car.ts';
import { showError } from '../../live/notices.ts';
import { useLiveActions } from '../../live/store.tsx';
import { formatMoment, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useVehicleWords } from '../../ui/vehicle-words.ts';

interface CarTitleProps {
  readonly car: Car;
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly context: WindowContext;
}

/** Which window, which pass, which car; previous and next. */
export const CarTitle = ({ car, before, after, context }: CarTitleProps) => {
  const { t, language } = useWords();
  const { select } = useLiveActions();
  const { pass, vehicle, detail, indices } = car;
  const words = useVehicleWords(vehicle, detail.thresholds);
  const [following, setFollowing] = useState(context.following);
  useEffect(() => setFollowing(context.following), [context]);
  const { index } = vehicle;
  const moment = formatMoment(pass.startedAt, language, zoneOfSite(pass.site));
  // While the train passes nobody knows yet how long it is.
  const total = pass.vehicleCount ?? (pass.status === 'in-progress' ? undefined : indices.length);
  const title = total === undefined ? t('car.title', { index }) : t('car.titleOf', { index, total });
  useEffect(() => {
    document.title = `${following ? '⇄' : '⌖'} ${context.number} · ${pass.trainNumber} · ${title} – VICORE`;
  }, [following, context.number, pass.trainNumber, title]);

  const pin = async (): Promise<void> => {
    const answer = await call('windows.setContext', { following: !following });
    if (answer.ok) setFollowing(answer.value.following);
    else showError(answer.error);
  };
  const go = (to: number | undefined): void => {
    if (to !== undefined) select({ vehicleIndex: to, position: undefined, alertId: undefined });
  };
  return (
    <header className="panel car-title" data-testid="car-title" data-pass-id={pass.id} data-index={index}>
      <button
        type="button"
        className="button"
        aria-pressed={following}
        title={t(following ? 'car.followingHelp' : 'car.pinnedHelp')}
        data-testid="following"
        onClick={() => void pin()}
      >
        <span className="window-number">{context.number}</span> {following ? '⇄' : '⌖'}{' '}
        {t(following ? 'car.following' : 'car.pinned')}
      </button>
      <h2>
        <StateMark state={vehicle.state ?? 'none'} /> {t('pass.title', { train: pass.trainNumber })} · {title}
      </h2>
      {words.map((word) => (
        <span key={word}>{word}</span>
      ))}
      <span className="secondary car-title-moment" title={moment}>
        {moment}
      </span>
      <strong>{pass.status === 'in-progress' ? t('pass.live') : t(`passStatus.${pass.status}`)}</strong>
      <span className="car-title-end">
        {context.recovered && <span className="secondary">{t('car.recovered')}</span>}
        <button
          type="button"
          className="button"
          disabled={before === undefined}
          title={t('car.previousLabel')}
          data-testid="car-previous"
          onClick={() => go(before)}
        >
          ◄ <span className="visually-hidden">{t('car.previousLabel')}</span> {before ?? ''}
        </button>
        <button
          type="button"
          className="button"
          disabled={after === undefined}
          title={t('car.nextLabel')}
          data-testid="car-next"
          onClick={() => go(after)}
        >
          {after ?? ''} <span className="visually-hidden">{t('car.nextLabel')}</span> ►
        </button>
      </span>
    </header>
  );
};
