import type { KeyboardEvent } from 'react';
import { isTextEvent } from '../../ui/dom.ts';
import { markAll, markRow, noMarks } from './marking.ts';
import type { Marks, Row } from './marking.ts';

interface ListKeys {
  readonly rows: readonly Row[];
  /** The line the keys stand on. */
  readonly activeKey: string | undefined;
  readonly marks: Marks;
  readonly onActive: (row: Row) => void;
  readonly onToggle: (key: string) => void;
  readonly onMarks: (marks: Marks) => void;
  readonly onDetails: (() => void) | undefined;
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/** Buttons of a line, but for the line's own: Space and Enter press them. */
const isOtherButton = (target: EventTarget): boolean =>
  target instanceof Element && target.matches('button:not(.alert-main), input, a');

/**
 * The list by keys: arrows along its lines, with Shift marking on the way; Space marks, Ctrl+A all, Escape none; → and
 * ← unfold and fold a vehicle; Enter shows everything about the alert, or unfolds. No key of these acknowledges.
 */
export const useListKeys = (list: ListKeys): ((event: KeyboardEvent) => void) => {
  const { rows, activeKey, marks } = list;
  const use = (event: KeyboardEvent): boolean => {
    const at = rows.findIndex((row) => row.key === activeKey);
    const active = rows[at];
    const step = steps[event.key];
    if (step !== undefined) {
      if (event.ctrlKey || event.altKey) return false;
      const to = at < 0 ? (step < 0 && step !== -Infinity ? rows.length - 1 : 0) : at + step;
      const place = Math.max(0, Math.min(rows.length - 1, step === Infinity ? rows.length - 1 : to));
      const next = rows[place];
      if (next === undefined) return false;
      if (event.shiftKey) {
        const begun =
          marks.anchor === undefined && active !== undefined
            ? markRow(rows, marks, active.key, 'toggle')
            : marks;
        list.onMarks(markRow(rows, begun, next.key, 'range'));
      }
      list.onActive(next);
      return true;
    }
    if (event.key === 'a' && event.ctrlKey) {
      list.onMarks(markAll(rows));
      return true;
    }
    if (event.key === 'Escape') {
      if (marks.ids.size === 0) return false;
      list.onMarks(noMarks);
      return true;
    }
    if (active === undefined || event.ctrlKey || isOtherButton(event.target)) return false;
    if (event.key === ' ') {
      list.onMarks(markRow(rows, marks, active.key, event.shiftKey ? 'range' : 'toggle'));
      return true;
    }
    if (active.kind === 'group') {
      const wanted = { ArrowRight: true, ArrowLeft: false, Enter: !active.open }[event.key];
      if (wanted === undefined) return false;
      if (wanted !== active.open) list.onToggle(active.key);
      return true;
    }
    if (event.key !== 'Enter' || event.target !== event.currentTarget || list.onDetails === undefined)
      return false;
    list.onDetails();
    return true;
  };
  return (event) => {
    if (isTextEvent(event) || !use(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
};
