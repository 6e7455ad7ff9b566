import type { KeyboardEvent } from 'react';

/** Whether keys typed there are text. */
export const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select') ||
    target.isContentEditable);

export const isTextEvent = (event: KeyboardEvent): boolean => isTextField(event.target);

export const classes = (...names: readonly (string | false | undefined)[]): string =>
  names.filter((name) => name !== false && name !== undefined && name !== '').join(' ');
