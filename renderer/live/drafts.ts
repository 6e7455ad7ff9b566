import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Session } from '../../contract/domain.ts';

type Texts = ReadonlyMap<string, string>;

interface Drafts {
  /** The provider's subject of whoever was last signed in; undefined before the first. */
  readonly owner?: string | undefined;
  readonly texts: Texts;
  readonly ofOthers: ReadonlyMap<string, Texts>;
}

/**
 * Comments and notes that are being written. They outlive the field they are written in: a row that scrolls away,
 * a session that ends, the sign-in after it.
 */
export const drafts = createStore<Drafts>(() => ({ texts: new Map(), ofOthers: new Map() }));

export const writeDraft = (key: string, text: string): void => {
  const texts = new Map(drafts.getState().texts);
  if (text === '') texts.delete(key);
  else texts.set(key, text);
  drafts.setState({ texts });
};

/**
 * Words belong to who wrote them: when another person signs in, what the one before was writing is put aside until
 * they are back. What was written with nobody signed in belongs to the first who signs in.
 */
export const giveDraftsTo = ({ state, subject }: Session): void => {
  const { owner, texts, ofOthers } = drafts.getState();
  if ((state !== 'signed-in' && state !== 'grace') || subject === undefined || subject === owner) return;
  if (owner === undefined) {
    drafts.setState({ owner: subject });
    return;
  }
  const others = new Map(ofOthers).set(owner, texts);
  others.delete(subject);
  drafts.setState({ owner: subject, texts: ofOthers.get(subject) ?? new Map(), ofOthers: others });
};

/** What is being written under `key`, empty at first, and the way to change it. */
export const useDraft = (key: string): readonly [string, (text: string) => void] => [
  useStore(drafts, ({ texts }) => texts.get(key) ?? ''),
  (text) => writeDraft(key, text),
];
