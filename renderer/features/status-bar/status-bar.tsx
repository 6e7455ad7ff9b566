import type { CameraHealth } from '../../../contract/domain.ts';
import { databaseAge } from '../../live/freshness.ts';
import { usePicture } from '../../live/picture.ts';
import { useLive } from '../../live/store.tsx';
import { formatAge, formatMoment, formatNumber, formatPosition, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import './status-bar.css';

const Camera = ({ camera, site }: { readonly camera: CameraHealth; readonly site: string | undefined }) => {
  const { t, language } = useWords();
  const state = t(`camera.${camera.status}`);
  const help = [
    t('footer.cameraHelp', {
      name: camera.name,
      side: formatPosition(camera.side, language),
      state,
      time: formatMoment(camera.since, language, zoneOfSite(site)),
    }),
    camera.fps === undefined ? undefined : t('footer.fps', { fps: formatNumber(camera.fps, language) }),
    camera.temperatureC === undefined ? undefined : `${formatNumber(camera.temperatureC, language)} °C`,
  ].filter((part) => part !== undefined);
  const mark = { ok: 'ok', degraded: 'warning', offline: 'critical', unknown: 'stale' } as const;
  return (
    <li title={help.join(' · ')} data-testid={`camera-${camera.id}`} data-state={camera.status}>
      {camera.status !== 'ok' && <StateMark state={mark[camera.status]} decorative />} {camera.id}{' '}
      <span className={camera.status === 'ok' ? 'secondary' : 'strong'}>{state}</span>
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
  const cameras = status.streams.flatMap((stream) =>
    stream.cameras.map((camera) => ({ camera, site: stream.site })),
  );
  const age = databaseAge(status, ageMs);
  return (
    <footer className="status-bar panel" aria-label={t('footer.label')}>
      {cameras.length === 0 ? (
        <span className="secondary">{t('footer.noCameras')}</span>
      ) : (
        <ul className="cameras">
          {cameras.map(({ camera, site }) => (
            <Camera key={`${site ?? ''}${camera.id}`} camera={camera} site={site} />
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
