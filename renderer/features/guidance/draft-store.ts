import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Guidance } from '../../../contract/domain.ts';
import { fieldsOf, guidanceKey } from './draft.ts';
import type { GuidanceDraft, GuidanceFields } from './draft.ts';

type Drafts = ReadonlyMap<string, GuidanceDraft>;

/**
 * The drafts of this window, one for each rule and severity, outside the page: they outlive a look at another page,
 * the end of a session and whatever is refused, until somebody saves or discards them.
 */
const store = createStore<{ readonly drafts: Drafts }>(() => ({ drafts: new Map() }));

export const useGuidanceDrafts = (): Drafts => useStore(store, ({ drafts }) => drafts);

export const setGuidanceDraft = (draft: GuidanceDraft): void =>
  store.setState(({ drafts }) => ({ drafts: new Map(drafts).set(guidanceKey(draft.base), draft) }));

/** From the first change on there is a draft, based on what was read then. */
export const changeGuidance = (
  guidance: Guidance,
  by: string,
  change: (fields: GuidanceFields) => GuidanceFields,
): void => {
  const draft = store.getState().drafts.get(guidanceKey(guidance)) ?? {
    base: guidance,
    fields: fieldsOf(guidance),
    by,
  };
  setGuidanceDraft({ ...draft, fields: change(draft.fields) });
};

export const dropGuidanceDraft = (guidance: Guidance): void =>
  store.setState(({ drafts }) => {
    const others = new Map(drafts);
    others.delete(guidanceKey(guidance));
    return { drafts: others };
  });

let steps = 0;

/** A name for a step that is added. */
export const newStepKey = (): string => {
  steps += 1;
  return `new ${steps}`;
};
