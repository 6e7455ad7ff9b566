import type { Act } from '../alerts/ports.ts';
import type { Caller } from '../core.ts';

/** Who acts: from the session of the call, never from its input. */
export function actOf(caller: Caller): Act {
  return {
    actor: caller.session.name,
    role: caller.session.role,
    workstation: caller.session.workstation,
    at: caller.at,
    correlationId: caller.correlationId,
  };
}
