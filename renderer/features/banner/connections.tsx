import type { DatabaseHealth, StreamHealth, SystemStatus } from '../../../contract/domain.ts';
import { databaseAge, freshnessOf, showsAge, streamAge } from '../../live/freshness.ts';
import { usePicture } from '../../live/picture.ts';
import { useLive } from '../../live/store.tsx';
import { formatAge } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import type { Translate } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import type { MarkState } from '../../ui/state-mark.tsx';

interface LinkProps {
  readonly stream: StreamHealth;
  readonly status: SystemStatus;
  readonly statusAge: number;
  readonly t: Translate;
  readonly language: Language;
}

const Link = ({ stream, status, statusAge, t, language }: LinkProps) => {
  const age = streamAge(stream, status, statusAge);
  const healthy = stream.link === 'live' && age !== undefined && freshnessOf(age) !== 'stale';
  const mark: MarkState = healthy
    ? 'ok'
    : stream.link === 'down' || stream.link === 'unauthorized'
      ? 'critical'
      : 'stale';
  const title = [stream.site, stream.url, stream.reason].filter((part) => part !== undefined).join(' · ');
  return (
    <li
      className="connection"
      data-state={stream.link}
      data-testid={`link-${stream.track ?? stream.url}`}
      title={title}
    >
      <StateMark state={mark} decorative />
      <span>
        <b>{stream.track ?? stream.url}</b> {t(`link.${stream.link}`)}
        {age !== undefined && showsAge(age) && <span> · {formatAge(age, language)}</span>}
      </span>
    </li>
  );
};

const databaseMark = (database: DatabaseHealth, age: number | undefined): MarkState => {
  if (database.state !== 'connected') return 'stale';
  return age !== undefined && freshnessOf(age) === 'stale' ? 'stale' : 'ok';
};

/** Camera links and the database with the age of what it told. */
export const Connections = () => {
  const { t, language } = useWords();
  const status = useLive((state) => state.status);
  const { ageMs } = usePicture();
  if (status === undefined) return <div className="connections" />;
  const age = databaseAge(status, ageMs);
  const { database } = status;
  return (
    <div className="connections">
      <ul className="links" aria-label={t('banner.links')}>
        {status.streams.map((stream) => (
          <Link
            key={stream.url}
            stream={stream}
            status={status}
            statusAge={ageMs}
            t={t}
            language={language}
          />
        ))}
      </ul>
      <div
        className="connection"
        data-testid="database-state"
        data-state={database.state}
        title={[database.host, database.reason].filter((part) => part !== undefined).join(' · ')}
      >
        <StateMark state={databaseMark(database, age)} decorative />
        <span>
          <b>{t('banner.database')}</b>{' '}
          {database.state === 'connected' ? '' : `${t(`database.${database.state}`)} · `}
          {age === undefined ? t('banner.databaseNever') : formatAge(age, language)}
        </span>
      </div>
    </div>
  );
};
