import type { Figure } from './benchmark.ts';
import { figure } from './figures.ts';
import { median, ratios } from './statistics.ts';

export const tableHead = [
  '| # | measure | median (min–max) | goal | reached | medians behind it | pairs |',
  '| --- | --- | --- | --- | --- | --- | --- |',
].join('\n');

export interface Judged {
  /** One line of the table. */
  readonly row: string;
  readonly reached: boolean;
  readonly missedTwice: boolean;
}

/** Throws when the figure is not a measurement. */
export function judge(shown: Figure): Judged {
  const { id, title, goal, unit } = shown;
  const product = shown.kind === 'ratio' ? shown.pairs.product : shown.values;
  const values = shown.kind === 'ratio' ? ratios(shown.pairs) : [...shown.values];
  const middle = median(values);
  if (!Number.isFinite(middle)) throw new Error(`${id}: nothing was measured`);
  const behind =
    shown.kind === 'ratio'
      ? `${figure(median(product))} ÷ ${figure(median(shown.pairs.reference))} ${unit}`
      : unit;
  const reached = goal.reached(middle, product);
  const cells = [
    id,
    title,
    `**${figure(middle)}** (${figure(Math.min(...values))}–${figure(Math.max(...values))})`,
    goal.text,
    reached ? 'yes' : 'no',
    behind,
    String(values.length),
  ];
  return { row: `| ${cells.join(' | ')} |`, reached, missedTwice: goal.missedTwice(middle, product) };
}
