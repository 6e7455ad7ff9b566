import { useCallback, useEffect, useEffectEvent, useState } from 'react';
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
  // The key says all that the question depends on: another function for the same key asks nothing anew.
  const begin = useEffectEvent(() => {
    setHeld((before) => (keep && before.result?.ok === true ? before : { key }));
    return ask();
  });
  useEffect(() => {
    let dropped = false;
    void begin().then((result) => {
      if (!dropped) setHeld({ key, result });
    });
    return () => {
      dropped = true;
    };
  }, [key, attempt]);
  const { result } = held;
  if (result === undefined || (held.key !== key && !keep)) return { kind: 'loading' };
  return result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', error: result.error, retry };
};
