import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CallError, Result } from '../../../contract/errors.ts';
import type { Page } from '../../../contract/results.ts';
import { useLive } from '../../live/store.tsx';

/** As many as one call may bring (contract/inputs.ts). */
const mostRows = 200;

interface Held<Row> {
  /** What was asked for; rows of another key are never shown. */
  readonly key: string;
  readonly rows: readonly Row[];
  readonly cursor?: string | undefined;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly loadingMore: boolean;
  readonly error?: CallError | undefined;
}

export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why the last question failed; with rows, they are as they were before it. */
  readonly error?: CallError | undefined;
  /** There are older rows that nobody has asked for yet. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly more: () => void;
  /** Asks for everything that is shown anew. */
  readonly retry: () => void;
  /** Puts an answer of a change in the place of the row it is about, before the list is asked anew. */
  readonly replace: (isSame: (row: Row) => boolean, next: Row) => void;
}

interface PagesOptions {
  /** Grows when the rows may have changed: they stay on screen until the new ones are there. */
  readonly version?: number | string;
  readonly pageSize?: number;
}

const nothing = <Row>(key: string): Held<Row> => ({ key, rows: [], phase: 'loading', loadingMore: false });

/**
 * A list in key-set pages. `key` says what is asked for (search, filters): another key starts anew. A question that
 * failed because the database was away is asked again when it is back.
 */
export const usePages = <Row>(
  key: string,
  ask: (cursor: string | undefined, limit: number) => Promise<Result<Page<Row>>>,
  { version = 0, pageSize = 100 }: PagesOptions = {},
): Pages<Row> => {
  const connected = useLive((state) => state.status?.database.state === 'connected');
  const [held, setHeld] = useState<Held<Row>>(() => nothing(key));
  const [attempt, setAttempt] = useState(0);
  /** Answers to an older question are dropped. */
  const question = useRef(0);

  const reload = useEffectEvent(async (): Promise<void> => {
    const known = held.key === key ? held.rows.length : 0;
    question.current += 1;
    const mine = question.current;
    setHeld((before) => (before.key === key && before.phase === 'ready' ? before : nothing(key)));
    const rows: Row[] = [];
    let cursor: string | undefined;
    do {
      const answer = await ask(cursor, Math.min(mostRows, Math.max(pageSize, known - rows.length)));
      if (question.current !== mine) return;
      if (!answer.ok) {
        const { error } = answer;
        setHeld((before) =>
          before.phase === 'ready' ? { ...before, error } : { ...before, phase: 'failed', error },
        );
        return;
      }
      rows.push(...answer.value.items);
      ({ cursor } = answer.value);
    } while (cursor !== undefined && rows.length < known);
    setHeld({ key, rows, cursor, phase: 'ready', loadingMore: false });
  });

  useEffect(() => {
    void reload();
  }, [key, version, attempt]);

  const onConnected = useEffectEvent(() => {
    if (held.error?.code === 'database-away') void reload();
  });
  useEffect(() => {
    if (connected) onConnected();
  }, [connected]);

  const more = (): void => {
    const { cursor, loadingMore } = held;
    if (cursor === undefined || loadingMore || held.key !== key) return;
    const mine = question.current;
    setHeld({ ...held, loadingMore: true, error: undefined });
    void ask(cursor, pageSize).then((answer) => {
      if (question.current !== mine) return;
      setHeld((before) =>
        answer.ok
          ? {
              ...before,
              rows: [...before.rows, ...answer.value.items],
              cursor: answer.value.cursor,
              loadingMore: false,
            }
          : { ...before, loadingMore: false, error: answer.error },
      );
    });
  };
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const replace = useCallback((isSame: (row: Row) => boolean, next: Row) => {
    setHeld((before) => ({ ...before, rows: before.rows.map((row) => (isSame(row) ? next : row)) }));
  }, []);

  const shown = held.key === key ? held : nothing<Row>(key);
  return {
    rows: shown.rows,
    phase: shown.phase,
    error: shown.error,
    hasMore: shown.cursor !== undefined,
    loadingMore: shown.loadingMore,
    more,
    retry,
    replace,
  };
};
