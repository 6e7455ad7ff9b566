import type { ChangeBatch } from './changes.ts';
import type { Session } from './domain.ts';
import type { Result } from './errors.ts';
import type { Inputs } from './inputs.ts';
import type { MethodName } from './methods.ts';
import type { Preferences, Results, SoundCommand, WindowContext } from './results.ts';

/** What the preload puts on `window.vicore`. Subscribing returns the way to unsubscribe. */
export interface VicoreApi {
  call<Name extends MethodName>(method: Name, input: Inputs[Name]): Promise<Result<Results[Name]>>;
  onChanges(listener: (batch: ChangeBatch) => void): () => void;
  onContext(listener: (context: WindowContext) => void): () => void;
  onSession(listener: (session: Session) => void): () => void;
  onPreferences(listener: (preferences: Preferences) => void): () => void;
}

/** What the preload of the window that plays puts on `window.vicoreSound`; it may do nothing else. */
export interface SoundApi {
  report(report: Inputs['sound.report']): Promise<Result<Results['sound.report']>>;
  onCommand(listener: (command: SoundCommand) => void): () => void;
}
