import type { StreamHealth, SystemStatus } from '../../../contract/domain.ts';
import { useFlood } from '../../live/flood.ts';
import { untilRetry } from '../../live/freshness.ts';
import { usePicture } from '../../live/picture.ts';
import type { PictureAge } from '../../live/picture.ts';
import { useLive } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { formatAge, formatNumber, formatTimeWithZone, zoneOfSite } from '../../ui/formats.ts';
import type { Language } from '../../ui/formats.ts';
import { hasKey, useWords } from '../../ui/i18n.ts';
import type { Translate } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

interface Words {
  readonly t: Translate;
  readonly language: Language;
  readonly zone: string;
}

const pictureText = (picture: PictureAge, { t, language, zone }: Words): string | undefined => {
  if (picture.freshness === 'fresh') return undefined;
  return picture.freshness === 'late'
    ? t('banner.late', { age: formatAge(picture.ageMs, language) })
    : t('banner.stale', { time: formatTimeWithZone(picture.since, language, zone) });
};

const databaseText = (status: SystemStatus, ageMs: number, words: Words): string | undefined => {
  const { database } = status;
  const { t, language, zone } = words;
  if (database.state === 'connected') return undefined;
  if (database.state !== 'away' && database.state !== 'connecting') {
    return t('banner.databaseTrouble', { state: t(`database.${database.state}`) });
  }
  const shown =
    database.asOf === undefined
      ? t('banner.offlineNever')
      : t('banner.offline', { time: formatTimeWithZone(database.asOf, language, zone) });
  const wait = untilRetry(status, ageMs);
  return wait === undefined ? shown : `${shown} ${t('banner.retryIn', { seconds: Math.ceil(wait / 1000) })}`;
};

const linkText = (stream: StreamHealth, { t, language, zone }: Words): string | undefined => {
  const name = stream.track ?? stream.url;
  if (stream.link === 'live' || stream.link === 'connecting') return undefined;
  if (stream.link === 'catching-up') {
    return t('banner.catchingUp', { name, events: formatNumber(stream.lag, language) });
  }
  const state = t(`link.${stream.link}`);
  return stream.lastMessageAt === undefined
    ? t('banner.linkTroubleNever', { name, state })
    : t('banner.linkTrouble', {
        name,
        state,
        time: formatTimeWithZone(stream.lastMessageAt, language, zone),
      });
};

/** From here on a camera clock is worth a word. */
const skewLimitMs = 5000;

const skewText = (stream: StreamHealth, { t, language }: Words): string | undefined =>
  stream.clockSkewMs === undefined || Math.abs(stream.clockSkewMs) < skewLimitMs
    ? undefined
    : t('banner.skew', {
        name: stream.track ?? stream.url,
        skew: formatAge(Math.abs(stream.clockSkewMs), language),
      });

/** What a person must know beyond alerts: an old picture, a database or link away, faults of the workstation. */
export const Conditions = () => {
  const { t, language } = useWords();
  const status = useLive((state) => state.status);
  const zone = zoneOfSite(useSite());
  const picture = usePicture();
  const flood = useFlood();
  const words = { t, language, zone };
  const rows: { readonly key: string; readonly text: string | undefined; readonly bad?: boolean }[] = [
    { key: 'picture', text: pictureText(picture, words), bad: picture.freshness === 'stale' },
    {
      key: 'flood',
      text: flood === undefined ? undefined : t('banner.flood', { count: formatNumber(flood, language) }),
    },
  ];
  if (status !== undefined) {
    rows.push({ key: 'database', text: databaseText(status, picture.ageMs, words) });
    for (const stream of status.streams) {
      rows.push({ key: `link ${stream.url}`, text: linkText(stream, words) });
      rows.push({ key: `skew ${stream.url}`, text: skewText(stream, words) });
    }
    for (const warning of status.warnings) {
      const key = `warning.${warning}`;
      rows.push({ key, text: hasKey(key) ? t(key) : t('warning.other', { what: warning }) });
    }
  }
  return (
    <div role="status">
      <ul className="conditions" data-testid="conditions">
        {rows.map(
          ({ key, text, bad }) =>
            text !== undefined && (
              <li
                key={key}
                className={bad === true ? 'condition hatched' : 'condition'}
                data-testid={`condition-${key.split(' ')[0]}`}
              >
                <StateMark state="stale" decorative /> {text}
              </li>
            ),
        )}
      </ul>
    </div>
  );
};
