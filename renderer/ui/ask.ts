import { useCallback, useEffect, useState } from 'react';
import type { CallError, Result } from '../../contract/errors.ts';

export type Asked<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: CallError; readonly retry: () => void }
  | { readonly kind: 'ready'; readonly value: T };

interface Held<T> {
  readonly key: string;
  readonly result?: Result<T> | undefined;
}

/**
 * Asks once for each `key`; an answer that comes after the key has changed is dropped. With `keep`, the former
 * answer stays on screen until the new one is there.
 */
export const useAsk = <T>(key: string, ask: () => Promise<Result<T>>, keep = false): Asked<T> => {
  const [held, setHeld] = useState<Held<T>>({ key });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  useEffect(() => {
    let dropped = false;
    setHeld((before) => (keep && before.result?.ok === true ? before : { key }));
    void ask().then((result) => {
      if (!dropped) setHeld({ key, result });
    });
    return () => {
      dropped = true;
    };
    // The key says all that the question depends on.
  }, [key, attempt]);
  const { result } = held;
  if (result === undefined || (held.key !== key && !keep)) return { kind: 'loading' };
  return result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', error: result.error, retry };
};
