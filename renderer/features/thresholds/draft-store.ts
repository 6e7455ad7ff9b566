import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Draft } from './draft.ts';

/**
 * The drafts of this window, one for each person, outside the page: they outlive a look at another page, the end of a
 * session and whatever is refused, until whoever wrote them saves or discards them.
 */
const drafts = createStore<ReadonlyMap<string, Draft>>(() => new Map());

/** Limits belong to who proposes them: nobody else sees this draft, goes on with it or saves it in their own name. */
export const draftOf = (owner: string): Draft | undefined => drafts.getState().get(owner);

export const useDraft = (owner: string): Draft | undefined => useStore(drafts, (known) => known.get(owner));

export const setDraft = (draft: Draft): void =>
  drafts.setState(new Map(drafts.getState()).set(draft.owner, draft), true);

export const dropDraft = (owner: string): void => {
  const kept = new Map(drafts.getState());
  if (kept.delete(owner)) drafts.setState(kept, true);
};

/** Changes the draft of one person. */
export type EditDraft = (change: (draft: Draft) => Draft) => void;

export const editorOf =
  (owner: string): EditDraft =>
  (change) => {
    const draft = draftOf(owner);
    if (draft !== undefined) setDraft(change(draft));
  };

let gestures = 0;

/** A name for what is undone at once: from pressing to letting go, from entering a field to leaving it. */
export const newGesture = (): string => {
  gestures += 1;
  return `gesture ${gestures}`;
};
