import type { Act } from '../audit/act.ts';
import type { Caller } from '../core.ts';

/** Who acts: from the session of the call, never from its input. */
export function actOf(caller: Caller): Act {
  return {
    actor: caller.session.name,
    subject: caller.session.subject ?? '',
    role: caller.session.role,
    workstation: caller.session.workstation,
    at: caller.at,
    correlationId: caller.correlationId,
  };
}
