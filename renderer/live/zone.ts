import { useLive } from './store.tsx';

/** The site a window speaks of: the selected pass's, else the first stream's. */
export const useSite = (): string | undefined =>
  useLive((state) => {
    const { passId } = state.selection;
    const pass = passId === undefined ? undefined : state.passes.get(passId);
    return pass?.site ?? state.status?.streams.find((stream) => stream.site !== undefined)?.site;
  });
