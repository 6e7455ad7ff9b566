import { createStore } from 'zustand/vanilla';
import type { CallError } from '../../contract/errors.ts';

export interface Notice {
  readonly id: number;
  readonly error: CallError;
}

/** Failures a person must see, until dismissed; a repeated one is shown once. */
export const notices = createStore<{ readonly items: readonly Notice[] }>(() => ({ items: [] }));

const maximumShown = 4;
let lastId = 0;

export const showError = (error: CallError): void => {
  notices.setState(({ items }) => {
    const others = items.filter(
      (item) => item.error.code !== error.code || item.error.message !== error.message,
    );
    lastId += 1;
    return { items: [...others, { id: lastId, error }].slice(-maximumShown) };
  });
};

/** Who may do what has changed: reasons of before are no reasons any more. */
export const dismissRefusals = (): void => {
  notices.setState(({ items }) => ({ items: items.filter((item) => item.error.code !== 'forbidden') }));
};

export const dismiss = (id: number): void => {
  notices.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
};
