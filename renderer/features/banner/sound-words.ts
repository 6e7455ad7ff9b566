import type { SoundState } from '../../../contract/domain.ts';

/** What the workstation's sound does, the most urgent first: it cannot be heard, it is muted, it sounds, silenced. */
export type SoundStanding = 'missing' | 'muted' | 'sounding' | 'silenced' | 'starting' | 'quiet';

/** `now`: wall clock, ms; main ends a mute by its own clock, the window only says until when. */
export const soundStanding = (sound: SoundState, now: number): SoundStanding => {
  if (sound.device === 'missing') return 'missing';
  if (sound.mutedUntil !== undefined && sound.mutedUntil > now) return 'muted';
  if (sound.silencedUntil !== undefined && sound.silencedUntil > now) return 'silenced';
  if (sound.sounding !== undefined) return 'sounding';
  return sound.device === 'starting' ? 'starting' : 'quiet';
};
