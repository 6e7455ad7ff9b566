import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CallError } from '../../../contract/errors.ts';
import type { Pass } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';

const pageSize = 100;

interface Pages {
  readonly search: string;
  readonly ids: readonly string[];
  readonly cursor?: string | undefined;
  readonly done: boolean;
  readonly loading: boolean;
  readonly error?: CallError | undefined;
}

export interface PassPages {
  readonly passes: readonly Pass[];
  readonly loading: boolean;
  readonly error?: CallError | undefined;
  readonly more: () => void;
  readonly retry: () => void;
}

const matches = (pass: Pass, search: string): boolean =>
  search === '' || pass.trainNumber.toLowerCase().includes(search.toLowerCase());

/**
 * The pass list: pages of main's list (key-set paging, newest first) with the live passes on top of them. The store
 * holds the passes, pages only name them, so that a change shows wherever the pass stands.
 */
export const usePassPages = (search: string): PassPages => {
  const { rememberPasses } = useLiveActions();
  const known = useLive((state) => state.passes);
  const order = useLive((state) => state.passOrder);
  const [pages, setPages] = useState<Pages>({ search, ids: [], done: false, loading: true });
  const asking = useRef<string>(undefined);

  const load = useCallback(
    async (cursor: string | undefined): Promise<void> => {
      const key = `${search}\n${cursor ?? ''}`;
      if (asking.current === key) return;
      asking.current = key;
      setPages((before) =>
        before.search === search
          ? { ...before, loading: true, error: undefined }
          : { search, ids: [], done: false, loading: true },
      );
      const answer = await call('passes.list', {
        limit: pageSize,
        cursor,
        search: search === '' ? undefined : search,
      });
      if (asking.current !== key) return;
      asking.current = undefined;
      if (!answer.ok) {
        setPages((before) => ({ ...before, loading: false, error: answer.error }));
        return;
      }
      const { items, cursor: next } = answer.value;
      rememberPasses(items);
      setPages((before) => ({
        search,
        ids: [...(before.search === search ? before.ids : []), ...items.map((pass) => pass.id)],
        cursor: next,
        done: next === undefined,
        loading: false,
      }));
    },
    [search, rememberPasses],
  );

  useEffect(() => {
    void load(undefined);
  }, [load]);

  const passes = useMemo(() => {
    const ids = new Set(pages.search === search ? pages.ids : []);
    const oldestPaged = pages.done ? undefined : known.get(pages.ids.at(-1) ?? '')?.startedAt;
    // Below the last page's end the store may know single passes; they wait for their page.
    for (const id of order) {
      const pass = known.get(id);
      if (pass === undefined || !matches(pass, search)) continue;
      if (oldestPaged === undefined || pass.startedAt >= oldestPaged) ids.add(id);
    }
    return [...ids]
      .map((id) => known.get(id))
      .filter((pass) => pass !== undefined)
      .sort((left, right) => right.startedAt - left.startedAt || (left.id < right.id ? 1 : -1));
  }, [pages, known, order, search]);

  const { cursor, done, loading } = pages;
  const more = useCallback(() => {
    if (!done && !loading && cursor !== undefined) void load(cursor);
  }, [done, loading, cursor, load]);
  const retry = useCallback(() => void load(cursor), [cursor, load]);
  return { passes, loading, error: pages.error, more, retry };
};
