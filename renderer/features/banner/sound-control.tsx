import type { Ref } from 'react';
import type { SoundState } from '../../../contract/domain.ts';
import { useClock } from '../../live/clock.ts';
import { useLiveActions } from '../../live/store.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { formatNumber, formatShortTime, workstationZone } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { SoundGlyph } from './sound-glyph.tsx';
import { soundStanding } from './sound-words.ts';
import './sound.css';

interface SoundControlProps {
  readonly ref: Ref<HTMLButtonElement>;
  readonly sound: SoundState;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** What the sound of this workstation does, at a glance, and the one button that stops it. Always in its place. */
export const SoundControl = ({ ref, sound, open, onToggle }: SoundControlProps) => {
  const { t, language } = useWords();
  const { silence } = useLiveActions();
  const { wall } = useClock();
  const standing = soundStanding(sound, wall);
  const until =
    standing === 'muted' ? sound.mutedUntil : standing === 'silenced' ? sound.silencedUntil : undefined;
  const words = t(`sound.standing.${standing}`, { volume: formatNumber(sound.volume * 100, language) });
  const end =
    until === undefined
      ? ''
      : ` ${t('sound.until', { time: formatShortTime(until, language, workstationZone()) })}`;
  return (
    <div className="sound" data-testid="sound" data-standing={standing}>
      <button
        ref={ref}
        type="button"
        className="button button-quiet sound-button"
        aria-expanded={open}
        aria-label={`${t('sound.title')}: ${words}${end}`}
        title={`${t('sound.title')}: ${words}${end}`}
        data-testid="sound-button"
        onClick={onToggle}
      >
        <SoundGlyph standing={standing} />
        <span className="sound-words">{words}</span>
      </button>
      <ActButton
        act="silence"
        strong={standing === 'sounding'}
        working={standing !== 'sounding'}
        testId="silence-button"
        onAct={() => void silence()}
      >
        {t('sound.silence')} <span className="key">F8</span>
      </ActButton>
    </div>
  );
};
