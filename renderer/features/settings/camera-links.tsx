import type { LinkState } from '../../../contract/domain.ts';
import { useLive } from '../../live/store.tsx';
import { useAdminWords } from '../../ui/i18n.ts';
import { Moment } from '../../ui/panel/moment.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import type { MarkState } from '../../ui/state-mark.tsx';
import { matchesSearch } from './setting-words.ts';

const marks: Readonly<Record<LinkState, MarkState>> = {
  connecting: 'stale',
  'catching-up': 'stale',
  live: 'ok',
  silent: 'stale',
  down: 'stale',
  unauthorized: 'stale',
};

/** The streams this workstation reads: addresses of its configuration file, with how they are now. */
export const CameraLinks = ({ search }: { readonly search: string }) => {
  const { t } = useAdminWords();
  const streams = useLive((state) => state.status?.streams);
  const title = t('settings.links');
  const help = t('settings.linksHelp');
  const shown = (streams ?? []).filter((stream) =>
    matchesSearch(search, title, help, stream.url, stream.site ?? '', stream.track ?? ''),
  );
  if (shown.length === 0) return undefined;
  return (
    <li className="panel setting" data-testid="setting-links" data-fixed="true">
      <div className="setting-about">
        <h3>{title}</h3>
        <p>{help}</p>
        <p className="setting-fixed">{t('settings.linksFixed')}</p>
      </div>
      <table className="setting-links">
        <thead>
          <tr>
            <th scope="col">{t('settings.link.site')}</th>
            <th scope="col">{t('settings.link.address')}</th>
            <th scope="col">{t('settings.link.state')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((stream) => (
            <tr key={stream.url}>
              <td>{[stream.site, stream.track].filter((part) => part !== undefined).join(' · ') || '–'}</td>
              <td>
                <code>{stream.url}</code>
              </td>
              <td>
                <StateMark state={marks[stream.link]} decorative /> {t(`link.${stream.link}`)}{' '}
                <Moment at={stream.since} show="relative" />
                {stream.reason !== undefined && <div className="secondary">{stream.reason}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
};
