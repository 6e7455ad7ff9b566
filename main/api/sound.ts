import { success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { SoundState } from '../../contract/domain.ts';
import type { SoundController } from '../alerts/sound-controller.ts';
import type { Handlers } from '../core.ts';
import { actOf } from './act.ts';

type SoundMethods = 'alerts.silence' | `sound.${'setVolume' | 'mute' | 'unmute' | 'test' | 'report'}`;

/** The sound of this workstation; it is decided here and never waits for the shared record. */
export function soundHandlers(
  sound: Pick<SoundController, 'silence' | 'setVolume' | 'mute' | 'unmute' | 'test' | 'report'>,
): Handlers<SoundMethods> {
  const answer = (state: SoundState): Promise<Result<SoundState>> => Promise.resolve(success(state));
  return {
    'alerts.silence': ({ alertIds }, caller) => answer(sound.silence(alertIds, actOf(caller))),
    'sound.setVolume': ({ volume }) => answer(sound.setVolume(volume)),
    'sound.mute': ({ minutes }, caller) => answer(sound.mute(minutes, actOf(caller))),
    'sound.unmute': (_input, caller) => answer(sound.unmute(actOf(caller))),
    'sound.test': ({ sound: name }) => answer(sound.test(name)),
    'sound.report': (report) => {
      sound.report(report);
      return Promise.resolve(success({}));
    },
  };
}
