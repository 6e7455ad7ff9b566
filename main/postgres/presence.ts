import type { OpenConnection } from './connection.ts';
import { storable } from './text.ts';

export interface PresenceOptions {
  readonly workstation: string;
  readonly version: string;
  /** Who is signed in here now. */
  readonly person: () => string | undefined;
}

const everyMs = 60_000;

/** Says that this workstation is there: on every new connection, each minute, and when somebody signs in or out. */
export function createPresence({ workstation, version, person }: PresenceOptions) {
  let toldOn: OpenConnection | undefined;
  let toldAt = -Infinity;
  let toldPerson: string | undefined;

  return {
    async tell(open: OpenConnection): Promise<void> {
      const current = person();
      if (toldOn === open && toldPerson === current && performance.now() - toldAt < everyMs) return;
      toldOn = open;
      toldAt = performance.now();
      toldPerson = current;
      await open.shared.query({
        text: 'select vicore.touch_workstation($1, $2, $3)',
        values: [workstation, version, current === undefined ? null : storable(current)],
      });
    },
  };
}
