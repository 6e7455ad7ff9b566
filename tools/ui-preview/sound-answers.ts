import type { SoundState } from '../../contract/domain.ts';
import { success } from '../../contract/errors.ts';
import type { Part } from './fake-main.ts';

/** What `?sound=` can name. */
export const soundNames = ['quiet', 'sounding', 'silenced', 'muted', 'missing', 'starting'] as const;
export type SoundChoice = (typeof soundNames)[number];

const minute = 60_000;

export const makeSound = (choice: SoundChoice, now: number): SoundState => {
  const usual: SoundState = { volume: 0.8, device: 'ok' };
  switch (choice) {
    case 'quiet':
      return usual;
    case 'sounding':
      return { ...usual, sounding: 'critical' };
    case 'silenced':
      return { ...usual, sounding: 'critical', silencedUntil: now + minute };
    case 'muted':
      return { ...usual, sounding: 'critical', mutedUntil: now + 5 * minute, mutedBy: 'Alan Martin' };
    case 'missing':
      return { ...usual, sounding: 'critical', device: 'missing' };
    case 'starting':
      return { ...usual, device: 'starting' };
  }
};

/** The sound as main keeps it; nothing is played. */
export const soundAnswers: Part = (main) => {
  const change = (changed: Partial<SoundState>) => {
    main.sound = { ...main.sound, ...changed };
    main.send([{ kind: 'sound', sound: main.sound }]);
    return success(main.sound);
  };
  return {
    'alerts.silence': () => change({ silencedUntil: Date.now() + minute }),
    'sound.setVolume': ({ volume }) => change({ volume }),
    'sound.mute': ({ minutes }) =>
      change({ mutedUntil: Date.now() + minutes * minute, mutedBy: main.session().name }),
    'sound.unmute': () => change({ mutedUntil: undefined, mutedBy: undefined }),
    'sound.test': () => success(main.sound),
  };
};
