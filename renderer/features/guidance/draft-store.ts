import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Guidance } from '../../../contract/domain.ts';
import { fieldsOf, guidanceKey } from './draft.ts';
import type { GuidanceDraft, GuidanceFields } from './draft.ts';

/**
 * The drafts of this window, one for each person, rule and severity, outside the page: they outlive a look at another
 * page, the end of a session and whatever is refused, until whoever wrote them saves or discards them.
 */
const store = createStore<{ readonly drafts: readonly GuidanceDraft[] }>(() => ({ drafts: [] }));

const isOf =
  (owner: string, guidance: Pick<Guidance, 'rule' | 'severity'>) =>
  (draft: GuidanceDraft): boolean =>
    draft.owner === owner && guidanceKey(draft.base) === guidanceKey(guidance);

/** By rule and severity. Words belong to who wrote them: nobody else sees these. */
export const useGuidanceDrafts = (owner: string): ReadonlyMap<string, GuidanceDraft> => {
  const drafts = useStore(store, (state) => state.drafts);
  return useMemo(
    () =>
      new Map(
        drafts
          .filter((draft) => draft.owner === owner)
          .map((draft) => [guidanceKey(draft.base), draft] as const),
      ),
    [drafts, owner],
  );
};

export const dropGuidanceDraft = (owner: string, guidance: Pick<Guidance, 'rule' | 'severity'>): void =>
  store.setState(({ drafts }) => ({ drafts: drafts.filter((draft) => !isOf(owner, guidance)(draft)) }));

export const setGuidanceDraft = (draft: GuidanceDraft): void => {
  dropGuidanceDraft(draft.owner, draft.base);
  store.setState(({ drafts }) => ({ drafts: [...drafts, draft] }));
};

/** From the first change on there is a draft, based on what was read then. */
export const changeGuidance = (
  guidance: Guidance,
  owner: string,
  change: (fields: GuidanceFields) => GuidanceFields,
): void => {
  const draft = store.getState().drafts.find(isOf(owner, guidance)) ?? {
    base: guidance,
    fields: fieldsOf(guidance),
    owner,
  };
  setGuidanceDraft({ ...draft, fields: change(draft.fields) });
};

let steps = 0;

/** A name for a step that is added. */
export const newStepKey = (): string => {
  steps += 1;
  return `new ${steps}`;
};
