import { useStore } from 'zustand';
import type { Inputs } from '../../contract/inputs.ts';
import { drafts, writeDraft } from './drafts.ts';

export type Checklist = NonNullable<Inputs['alerts.acknowledge']['checklist']>;

/**
 * Steps of the guidance that somebody ticks before acknowledging: a draft like the comment beside them, so that they
 * outlive a row that scrolls away, and stay with who ticked them. Kept as they were shown, with the ones not done.
 */
const keyOf = (alertId: string): string => `checklist ${alertId}`;
const lineOf = ({ step, done }: Checklist[number]): string => `${done ? 'x' : '-'}${step}`;

const parse = (written: string): Checklist =>
  written === ''
    ? []
    : written.split('\n').map((line) => ({ step: line.slice(1), done: line.startsWith('x') }));

/** What goes with the acknowledgement; undefined: nothing was ticked. */
export const checklistOf = (alertId: string): Checklist | undefined => {
  const steps = parse(drafts.getState().texts.get(keyOf(alertId)) ?? '');
  return steps.some(({ done }) => done) ? steps : undefined;
};

export const clearTicks = (alertId: string): void => writeDraft(keyOf(alertId), '');

/** `steps`: as they are shown now; a tick of a step that is no longer among them is forgotten. */
export const useTicks = (
  alertId: string,
  steps: readonly string[],
): { readonly isTicked: (step: string) => boolean; readonly toggle: (step: string) => void } => {
  const written = useStore(drafts, ({ texts }) => texts.get(keyOf(alertId)) ?? '');
  const ticked = new Set(parse(written).flatMap(({ step, done }) => (done ? [step] : [])));
  return {
    isTicked: (step) => ticked.has(step),
    toggle: (toggled) => {
      const next = steps.map((step) => ({ step, done: ticked.has(step) !== (step === toggled) }));
      writeDraft(keyOf(alertId), next.map(lineOf).join('\n'));
    },
  };
};
