import { useEffect, useRef, useState } from 'react';
import type { CallError } from '../../../contract/errors.ts';
import type { AuditVerification } from '../../../contract/results.ts';
import { call } from '../../live/call.ts';

export type VerificationState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly seen?: AuditVerification | undefined }
  | { readonly kind: 'cancelled'; readonly seen?: AuditVerification | undefined }
  | { readonly kind: 'ended'; readonly seen: AuditVerification; readonly at: number }
  | { readonly kind: 'failed'; readonly error: CallError };

/** Checks the chain portion by portion; it stops by not asking for the next one. */
export const useVerification = () => {
  const [state, setState] = useState<VerificationState>({ kind: 'idle' });
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const start = async (): Promise<void> => {
    let stopped = false;
    stop.current = () => {
      stopped = true;
      setState((before) => (before.kind === 'running' ? { ...before, kind: 'cancelled' } : before));
    };
    setState({ kind: 'running' });
    let cursor: string | undefined;
    do {
      const answer = await call('audit.verify', { cursor });
      if (stopped) return;
      if (!answer.ok) {
        setState({ kind: 'failed', error: answer.error });
        return;
      }
      const seen = answer.value;
      ({ cursor } = seen);
      setState(cursor === undefined ? { kind: 'ended', seen, at: Date.now() } : { kind: 'running', seen });
    } while (cursor !== undefined);
  };

  return {
    state,
    start: () => void start(),
    cancel: () => stop.current?.(),
    close: () => setState({ kind: 'idle' }),
  };
};
