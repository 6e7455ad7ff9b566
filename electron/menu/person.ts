import { randomUUID } from 'node:crypto';
import type { Result } from '../../contract/errors.ts';
import type { Caller, Core, Log } from '../../main/core.ts';

/** Does what was chosen in a menu as the person at this workstation, in no window. */
export type PersonRun = (what: string, act: (caller: Caller) => Promise<Result<unknown>>) => void;

/** Who chooses in a native menu or the tray, or follows a link. */
export const callerOf = (core: Pick<Core, 'session'>): Caller => ({
  windowId: 0,
  kind: 'system',
  session: core.session(),
  at: Date.now(),
  correlationId: randomUUID(),
});

/** What went wrong shows in the windows, which hear of it from the core; here it is logged. */
export function createPersonRun(core: Pick<Core, 'session'>, log: Log): PersonRun {
  return (what, act) => {
    const person = callerOf(core);
    act(person).then(
      (result) => {
        if (result.ok) return;
        log.warn({ code: result.error.code, correlationId: person.correlationId }, what);
      },
      (error: unknown) => {
        log.warn({ error }, what);
      },
    );
  };
}
