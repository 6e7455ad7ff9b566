import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { SoundName, SoundState } from '../../../contract/domain.ts';
import { useAllowed } from '../../live/session.ts';
import { useLiveActions } from '../../live/store.tsx';
import { ActButton, ActReason } from '../../ui/act-button.tsx';
import { formatNumber } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';

/** Minutes; a mute always ends by itself (contract/inputs.ts). */
const muteMinutes = [1, 2, 5, 10, 15] as const;
const sounds = [
  'critical',
  'warning',
  'escalation',
  'link-lost',
  'link-restored',
] as const satisfies readonly SoundName[];
/** A control room cannot be turned silent (docs/domain.md, sounds). */
const floor = 20;

const Volume = ({ sound }: { readonly sound: SoundState }) => {
  const { t, language } = useWords();
  const { setVolume } = useLiveActions();
  const allowed = useAllowed('operator');
  /** While the handle is held, where it stands; main is told when it is let go. */
  const [held, setHeld] = useState<number>();
  const shown = held ?? Math.round(sound.volume * 100);
  const tell = async (): Promise<void> => {
    if (held === undefined) return;
    await setVolume(held / 100);
    setHeld(undefined);
  };
  return (
    <label className="sound-volume">
      {t('sound.volume')}
      <input
        type="range"
        min={floor}
        max={100}
        step={5}
        value={shown}
        disabled={!allowed}
        data-testid="sound-volume"
        onChange={(event) => setHeld(Number(event.target.value))}
        onPointerUp={() => void tell()}
        onKeyUp={() => void tell()}
        onBlur={() => void tell()}
      />
      <output>{t('sound.percent', { volume: formatNumber(shown, language) })}</output>
      <span className="secondary">{t('sound.floor', { volume: formatNumber(floor, language) })}</span>
    </label>
  );
};

interface SoundPanelProps {
  readonly sound: SoundState;
  readonly onClose: () => void;
}

/** A line of the banner, not a sheet over it: volume with its floor, each sound to try, and a mute that ends. */
export const SoundPanel = ({ sound, onClose }: SoundPanelProps) => {
  const { t } = useWords();
  const { mute, unmute, testSound } = useLiveActions();
  const line = useRef<HTMLDivElement>(null);
  const begin = useEffectEvent(() => line.current?.focus());
  useEffect(() => begin(), []);
  return (
    <div
      ref={line}
      className="sound-panel"
      tabIndex={-1}
      role="group"
      aria-label={t('sound.title')}
      data-testid="sound-panel"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <Volume sound={sound} />
      <span className="sound-group" role="group" aria-label={t('sound.try')}>
        <span className="secondary">{t('sound.try')}</span>
        {sounds.map((name) => (
          <button
            key={name}
            type="button"
            className="button"
            data-testid={`sound-test-${name}`}
            onClick={() => void testSound(name)}
          >
            {t(`sound.name.${name}`)}
          </button>
        ))}
      </span>
      <span className="sound-group" role="group" aria-label={t('sound.mute')}>
        <span className="secondary">{t('sound.mute')}</span>
        {muteMinutes.map((minutes) => (
          <ActButton
            key={minutes}
            act="mute"
            testId={`sound-mute-${minutes}`}
            onAct={() => void mute(minutes)}
          >
            {t('shelf.minutes', { count: minutes })}
          </ActButton>
        ))}
        {sound.mutedUntil !== undefined && (
          <button
            type="button"
            className="button button-strong"
            data-testid="sound-unmute"
            onClick={() => void unmute()}
          >
            {t('sound.unmute')}
          </button>
        )}
      </span>
      <ActReason act="mute" />
    </div>
  );
};
