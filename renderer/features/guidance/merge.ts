import type { Guidance } from '../../../contract/domain.ts';
import { contentOf, fieldsOf } from './draft.ts';
import type { GuidanceDraft } from './draft.ts';

/** What two people can have changed apart from each other. */
export const guidanceParts = ['textEn', 'textFr', 'checklist'] as const;
export type GuidancePart = (typeof guidanceParts)[number];

/** A part that somebody changed since the draft was begun. */
export interface PartChange {
  readonly part: GuidancePart;
  /** Both changed it, differently: a person chooses. */
  readonly contested: boolean;
  readonly byThem: boolean;
  readonly byMe: boolean;
}

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

/** What they saved and what is written here, part by part, against what both began with. */
export const changesSince = ({ base, fields }: GuidanceDraft, theirs: Guidance): readonly PartChange[] => {
  const began = contentOf(fieldsOf(base));
  const saved = contentOf(fieldsOf(theirs));
  const mine = contentOf(fields);
  return guidanceParts
    .map((part) => {
      const byThem = differ(began[part], saved[part]);
      const byMe = differ(began[part], mine[part]);
      return { part, byThem, byMe, contested: byThem && byMe && differ(saved[part], mine[part]) };
    })
    .filter(({ byThem, byMe }) => byThem || byMe);
};

/**
 * The draft on top of what they saved: what only one of the two changed is taken from that one, what both changed
 * from the draft, except the parts in `preferTheirs`. Nothing is saved by it.
 */
export const rebase = (
  draft: GuidanceDraft,
  theirs: Guidance,
  preferTheirs: ReadonlySet<GuidancePart>,
): GuidanceDraft => {
  const mine = new Set(
    changesSince(draft, theirs)
      .filter(({ part, byMe, contested }) => byMe && !(contested && preferTheirs.has(part)))
      .map(({ part }) => part),
  );
  const saved = fieldsOf(theirs);
  return {
    ...draft,
    base: theirs,
    fields: {
      textEn: mine.has('textEn') ? draft.fields.textEn : saved.textEn,
      textFr: mine.has('textFr') ? draft.fields.textFr : saved.textFr,
      steps: mine.has('checklist') ? draft.fields.steps : saved.steps,
    },
  };
};
