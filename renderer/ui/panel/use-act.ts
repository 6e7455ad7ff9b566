import { useCallback, useState } from 'react';
import type { CallError, Result } from '../../../contract/errors.ts';

export interface Act {
  readonly busy: boolean;
  /** Why the last attempt failed; a conflict is one as well. */
  readonly error: CallError | undefined;
  /** With `conflict`: the row as it is now, of the type that the method answers (main/admin/ports.ts). */
  readonly current: unknown;
  /** Resolves the answer where it succeeded; a failure is in `error`. One at a time: a second click does nothing. */
  readonly run: <Value>(attempt: () => Promise<Result<Value>>) => Promise<Value | undefined>;
  readonly clear: () => void;
}

/** One change that somebody makes: under way, done, or refused with a reason that stays until the next attempt. */
export const useAct = (): Act => {
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: CallError | undefined }>({
    busy: false,
  });
  const { busy, error } = state;
  return {
    busy,
    error,
    current: error?.code === 'conflict' ? error.details?.['current'] : undefined,
    run: async (attempt) => {
      if (busy) return undefined;
      setState({ busy: true });
      const answer = await attempt();
      setState({ busy: false, error: answer.ok ? undefined : answer.error });
      return answer.ok ? answer.value : undefined;
    },
    clear: useCallback(() => setState({ busy: false }), []),
  };
};
