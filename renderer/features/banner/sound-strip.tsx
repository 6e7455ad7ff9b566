import type { SoundState } from '../../../contract/domain.ts';
import { useClock } from '../../live/clock.ts';
import { useLiveActions } from '../../live/store.tsx';
import { formatAge, formatTimeWithZone, workstationZone } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { soundStanding } from './sound-words.ts';

/** What a person must know of the sound: it is muted, until when, and by whom; or it cannot be heard at all. */
export const SoundStrip = ({ sound }: { readonly sound: SoundState }) => {
  const { t, language } = useWords();
  const { unmute } = useLiveActions();
  const { wall } = useClock();
  const { mutedUntil } = sound;
  const standing = soundStanding(sound, wall);
  const muted = mutedUntil !== undefined && mutedUntil > wall;
  return (
    <div className="sound-strip">
      {standing === 'missing' && (
        <div className="condition" data-testid="sound-missing">
          <StateMark state="stale" decorative />
          <p>
            <span role="status">{t('sound.missing')}</span>
          </p>
        </div>
      )}
      {muted && (
        <div className="condition" data-testid="sound-muted">
          <StateMark state="stale" decorative />
          <p>
            <span role="status">
              {t(sound.mutedBy === undefined ? 'sound.muted' : 'sound.mutedBy', {
                who: sound.mutedBy ?? '',
                time: formatTimeWithZone(mutedUntil, language, workstationZone()),
              })}
            </span>
          </p>
          <span aria-hidden="true">{t('session.left', { age: formatAge(mutedUntil - wall, language) })}</span>
          <button type="button" className="button" data-testid="unmute-now" onClick={() => void unmute()}>
            {t('sound.unmute')}
          </button>
        </div>
      )}
    </div>
  );
};
