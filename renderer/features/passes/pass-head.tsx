import { useEffect, useState } from 'react';
import type { Pass } from '../../../contract/domain.ts';
import { freshnessOf, streamAge } from '../../live/freshness.ts';
import { usePicture } from '../../live/picture.ts';
import { useLive } from '../../live/store.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import {
  bothZones,
  formatMoment,
  formatNumber,
  formatTime,
  formatTimeWithZone,
  nameOfSite,
  zoneOfSite,
} from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { ConfirmPass } from './confirm-pass.tsx';
import './passes.css';

/** LIVE while the pass is in progress and its stream tells; else dashed, with the time of the last message. */
const LiveFlag = ({ pass }: { readonly pass: Pass }) => {
  const { t, language } = useWords();
  const status = useLive((state) => state.status);
  const { ageMs } = usePicture();
  const stream = status?.streams.find((each) => each.streamId === pass.streamId);
  const age = stream === undefined || status === undefined ? undefined : streamAge(stream, status, ageMs);
  const stale =
    age === undefined
      ? freshnessOf(ageMs) === 'stale'
      : freshnessOf(age) === 'stale' || stream?.link === 'down';
  const last = stream?.lastMessageAt;
  return (
    <span className="live-flag" data-stale={stale} data-testid="live-flag">
      {stale ? (
        <>
          <StateMark state="stale" decorative />{' '}
          {last !== undefined &&
            t('pass.staleSince', { time: formatTimeWithZone(last, language, zoneOfSite(pass.site)) })}
        </>
      ) : (
        t('pass.live')
      )}
    </span>
  );
};

interface PassHeadProps {
  readonly pass: Pass;
  readonly seen: number;
  /** Brings the first alert of the pass that blocks its confirmation to the alert list. */
  readonly onShowAlerts: () => void;
}

/** The pass in one line, and the place where it is confirmed. */
export const PassHead = ({ pass, seen, onShowAlerts }: PassHeadProps) => {
  const { t, language } = useWords();
  const [confirming, setConfirming] = useState(false);
  useEffect(() => setConfirming(false), [pass.id, pass.status]);
  const zone = zoneOfSite(pass.site);
  const state = pass.state ?? 'none';
  return (
    <>
      <div className="pass-head" data-testid="pass-head" data-pass-id={pass.id} data-status={pass.status}>
        <h2>
          <StateMark state={state} /> {t('pass.title', { train: pass.trainNumber })}
        </h2>
        <span>
          {nameOfSite(pass.site, pass.siteTrack)} · {pass.track}
        </span>
        <span>{t(`direction.${pass.direction}`)}</span>
        <time title={bothZones(pass.startedAt, language, zone)}>
          {t('pass.started', { time: formatTimeWithZone(pass.startedAt, language, zone) })}
        </time>
        {pass.endedAt !== undefined && (
          <time>{t('pass.ended', { time: formatTime(pass.endedAt, language, zone) })}</time>
        )}
        <span data-testid="pass-cars">
          {pass.vehicleCount === undefined
            ? t('pass.cars', { count: seen })
            : t('pass.carsOf', { seen, total: pass.vehicleCount })}
        </span>
        {pass.speedKmh !== undefined && (
          <span>{t('pass.speed', { speed: formatNumber(pass.speedKmh, language) })}</span>
        )}
        <div className="pass-head-end">
          {pass.aborted && <b>{t('pass.aborted')}</b>}
          {pass.reopened && <b>{t('pass.reopened')}</b>}
          {pass.status === 'in-progress' && <LiveFlag pass={pass} />}
          {pass.status === 'confirmed' && pass.confirmedAt !== undefined && (
            <span className="secondary" data-testid="confirmed-by">
              {t('pass.confirmedBy', {
                who: pass.confirmedBy ?? '–',
                when: formatMoment(pass.confirmedAt, language, zone),
              })}
            </span>
          )}
          {pass.status === 'pending' && (
            <ActButton
              act="confirm"
              expanded={confirming}
              testId="confirm-open"
              onAct={() => setConfirming(!confirming)}
            >
              {t('pass.confirm')}
            </ActButton>
          )}
        </div>
      </div>
      {confirming && (
        <ConfirmPass pass={pass} onDone={() => setConfirming(false)} onShowAlerts={onShowAlerts} />
      )}
      {pass.notes !== undefined && pass.notes !== '' && (
        <p className="pass-notes">
          <b>{t('pass.notes')}:</b> {pass.notes}
        </p>
      )}
    </>
  );
};
