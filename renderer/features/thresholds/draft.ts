import type { ThresholdSet, ThresholdValues, TypeLimits } from '../../../contract/domain.ts';
import { mergeOnto } from './merge.ts';
import { limitsOf, placeKey, valuesOf, withValue } from './places.ts';
import type { ThresholdPlace } from './places.ts';

/** When a new version takes effect: at once, or at a wall-clock time of a zone as it was typed. */
export type Effect =
  { readonly kind: 'now' } | { readonly kind: 'later'; readonly text: string; readonly zone: string };

/** A new version that somebody is writing. Edits of one gesture (a drag, a held key, a typed number) undo together. */
export interface Draft {
  /** The newest version when it was begun or last brought up to date: what it will be compared with when saved. */
  readonly base: ThresholdSet;
  /** Version whose values it began with; differs from `base` when an old one is brought back. */
  readonly from: number;
  /** Whose it is: the provider's subject. */
  readonly owner: string;
  readonly values: ThresholdValues;
  readonly past: readonly ThresholdValues[];
  readonly future: readonly ThresholdValues[];
  readonly gesture?: string | undefined;
  /** What stands in a field that is no number; by `placeKey`. */
  readonly texts: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly effect: Effect;
}

/** Enough for any session at a desk, and a bound for the memory. */
const mostSteps = 500;

export const startDraft = (base: ThresholdSet, from: ThresholdSet, owner: string): Draft => ({
  base,
  from: from.version,
  owner,
  values: valuesOf(from),
  past: [],
  future: [],
  texts: {},
  reason: '',
  effect: { kind: 'now' },
});

const withoutText = (texts: Draft['texts'], key: string): Draft['texts'] =>
  Object.fromEntries(Object.entries(texts).filter(([each]) => each !== key));

const changed = (draft: Draft, values: ThresholdValues, gesture: string | undefined): Draft => {
  const goesOn = gesture !== undefined && gesture === draft.gesture && draft.past.length > 0;
  const past = goesOn ? draft.past : [...draft.past, draft.values].slice(-mostSteps);
  return { ...draft, values, past, future: [], gesture };
};

export const editValue = (draft: Draft, place: ThresholdPlace, value: number, gesture?: string): Draft => ({
  ...changed(draft, withValue(draft.values, place, value), gesture),
  texts: withoutText(draft.texts, placeKey(place)),
});

/** What was typed is no number: the value stays what it was, and the draft cannot be saved. */
export const keepText = (draft: Draft, place: ThresholdPlace, text: string): Draft => ({
  ...draft,
  texts: { ...draft.texts, [placeKey(place)]: text },
});

/** Limits for a vehicle type that has none, to begin with those of another. */
export const addType = (draft: Draft, code: string, limits: TypeLimits): Draft =>
  limitsOf(draft.values, code) === undefined
    ? changed(draft, { ...draft.values, types: { ...draft.values.types, [code]: limits } }, undefined)
    : draft;

export const undo = (draft: Draft): Draft => {
  const last = draft.past.at(-1);
  if (last === undefined) return Object.keys(draft.texts).length === 0 ? draft : { ...draft, texts: {} };
  return {
    ...draft,
    values: last,
    past: draft.past.slice(0, -1),
    future: [draft.values, ...draft.future],
    gesture: undefined,
    texts: {},
  };
};

export const redo = (draft: Draft): Draft => {
  const [next, ...later] = draft.future;
  if (next === undefined) return draft;
  return {
    ...draft,
    values: next,
    past: [...draft.past, draft.values],
    future: later,
    gesture: undefined,
    texts: {},
  };
};

/** My changes on top of a version that somebody saved meanwhile; undo leads back to what I had. */
export const rebase = (draft: Draft, theirs: ThresholdSet, preferTheirs: ReadonlySet<string>): Draft => ({
  ...changed(draft, mergeOnto(valuesOf(draft.base), valuesOf(theirs), draft.values, preferTheirs), undefined),
  base: theirs,
  from: theirs.version,
  texts: {},
});
