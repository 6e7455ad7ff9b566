import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Draft } from './draft.ts';

/**
 * The one draft of this window, outside the page: it outlives a look at another page, the end of a session and
 * whatever is refused, until somebody saves or discards it.
 */
const draftStore = createStore<{ readonly draft: Draft | undefined }>(() => ({ draft: undefined }));

export const useDraft = (): Draft | undefined => useStore(draftStore, (state) => state.draft);

export const setDraft = (draft: Draft | undefined): void => draftStore.setState({ draft });

export const changeDraft = (change: (draft: Draft) => Draft): void => {
  const { draft } = draftStore.getState();
  if (draft !== undefined) setDraft(change(draft));
};

let gestures = 0;

/** A name for what is undone at once: from pressing to letting go, from entering a field to leaving it. */
export const newGesture = (): string => {
  gestures += 1;
  return `gesture ${gestures}`;
};
