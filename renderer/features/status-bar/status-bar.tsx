import type { StreamHealth, SystemStatus } from '../../../contract/domain.ts';
import { awaitsHeartbeat, databaseAge } from '../../live/freshness.ts';
import { usePicture } from '../../live/picture.ts';
import { useLive } from '../../live/store.tsx';
import { formatAge, formatMoment, formatNumber, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import './status-bar.css';

const marks = {
  ok: undefined,
  waiting: undefined,
  degraded: 'warning',
  offline: 'critical',
  unknown: 'stale',
} as const;

interface CameraProps {
  readonly camera: StreamHealth['cameras'][number];
  readonly stream: StreamHealth;
  readonly status: SystemStatus;
  readonly ageMs: number;
}

/** Quiet while the first heartbeats of a link that just came up are still to come: nothing is wrong yet. */
const Camera = ({ camera, stream, status, ageMs }: CameraProps) => {
  const { t, language } = useWords();
  const shown =
    camera.status === 'unknown' && awaitsHeartbeat(stream, status, ageMs) ? 'waiting' : camera.status;
  const state = t(`camera.${shown}`);
  const side = t(`side.${camera.side}`);
  const help = [
    shown === 'waiting'
      ? t('footer.cameraWaiting', { name: camera.name, side })
      : t('footer.cameraHelp', {
          name: camera.name,
          side,
          state,
          time: formatMoment(camera.since, language, zoneOfSite(stream.site)),
        }),
    camera.fps === undefined ? undefined : t('footer.fps', { fps: formatNumber(camera.fps, language) }),
    camera.temperatureC === undefined ? undefined : `${formatNumber(camera.temperatureC, language)} °C`,
  ].filter((part) => part !== undefined);
  const mark = marks[shown];
  return (
    <li title={help.join(' · ')} data-testid={`camera-${camera.id}`} data-state={shown}>
      {mark !== undefined && <StateMark state={mark} decorative />} {camera.id}{' '}
      <span className={mark === undefined ? 'secondary' : 'strong'}>{state}</span>
    </li>
  );
};

interface StatusBarProps {
  readonly rejectedOpen: boolean;
  readonly onRejected: () => void;
}

/** The workstation's own health: cameras, rejected messages, journal, age of its record, who writes. */
export const StatusBar = ({ rejectedOpen, onRejected }: StatusBarProps) => {
  const { t, language } = useWords();
  const status = useLive((state) => state.status);
  const { ageMs } = usePicture();
  if (status === undefined) return <footer className="status-bar panel" aria-label={t('footer.label')} />;
  const cameras = status.streams.flatMap((stream) => stream.cameras.map((camera) => ({ camera, stream })));
  const age = databaseAge(status, ageMs);
  return (
    <footer className="status-bar panel" aria-label={t('footer.label')}>
      {cameras.length === 0 ? (
        <span className="secondary">{t('footer.noCameras')}</span>
      ) : (
        <ul className="cameras">
          {cameras.map(({ camera, stream }) => (
            <Camera
              key={`${stream.url}${camera.id}`}
              camera={camera}
              stream={stream}
              status={status}
              ageMs={ageMs}
            />
          ))}
        </ul>
      )}
      <button
        type="button"
        className="button button-quiet"
        aria-expanded={rejectedOpen}
        title={t('footer.rejectedHelp')}
        data-testid="rejected-count"
        onClick={onRejected}
      >
        {status.rejectedCount > 0 && <StateMark state="stale" decorative />}
        {t('footer.rejected', { count: formatNumber(status.rejectedCount, language) })}
      </button>
      <span title={t('footer.journalHelp')} data-testid="journal-count" data-count={status.journalEntries}>
        {t('footer.journal', { count: formatNumber(status.journalEntries, language) })}
      </span>
      <span title={t('footer.replicaHelp')} data-testid="replica-age">
        {t('footer.replica', { age: age === undefined ? '–' : formatAge(age, language) })}
      </span>
      <span title={t('footer.writerHelp')} data-testid="writer">
        {status.database.writer === undefined
          ? t('footer.noWriter')
          : t('footer.writer', { name: status.database.writer })}
      </span>
      <span className="secondary" data-testid="workstation">
        {t('footer.workstation', { name: status.workstation })}
      </span>
    </footer>
  );
};
