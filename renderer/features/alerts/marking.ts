import type { Alert } from '../../../contract/domain.ts';
import type { AlertGroup } from '../../live/alert-order.ts';

/** A line on the screen: a vehicle with several alerts, or one alert. */
export type Row =
  | { readonly kind: 'group'; readonly key: string; readonly group: AlertGroup; readonly open: boolean }
  | {
      readonly kind: 'alert';
      readonly key: string;
      readonly alert: Alert;
      readonly nested: boolean;
      readonly named: boolean;
    };

/** The same line for the same group: most groups are what they were when the list changes. */
const folded = new WeakMap<AlertGroup, Row>();

const foldedRow = (group: AlertGroup): Row | undefined => {
  const known = folded.get(group);
  const [only, another] = group.alerts;
  if (known !== undefined || only === undefined) return known;
  const row: Row =
    another === undefined
      ? { kind: 'alert', key: group.key, alert: only, nested: false, named: true }
      : { kind: 'group', key: group.key, group, open: false };
  folded.set(group, row);
  return row;
};

export const rowsOf = (groups: readonly AlertGroup[], expanded: ReadonlySet<string>): readonly Row[] => {
  const rows: Row[] = [];
  for (const group of groups) {
    const row = foldedRow(group);
    if (row === undefined) continue;
    if (row.kind === 'alert' || !expanded.has(group.key)) {
      rows.push(row);
      continue;
    }
    const [first, ...others] = group.alerts;
    const named = others.some(({ passId }) => passId !== first?.passId);
    rows.push({ ...row, open: true });
    for (const alert of group.alerts)
      rows.push({ kind: 'alert', key: `${group.key} ${alert.id}`, alert, nested: true, named });
  }
  return rows;
};

const idsOf = (row: Row): readonly string[] =>
  row.kind === 'alert' ? [row.alert.id] : row.group.alerts.map(({ id }) => id);

/** `toggle`: this line alone joins or leaves; `range`: from the last marked one to this joins. */
export type MarkHow = 'toggle' | 'range';

export interface Marks {
  readonly ids: ReadonlySet<string>;
  /** The line a range begins at. */
  readonly anchor?: string | undefined;
}

export const noMarks: Marks = { ids: new Set() };

export const isMarked = (row: Row, { ids }: Marks): boolean => idsOf(row).every((id) => ids.has(id));

export const markRow = (rows: readonly Row[], marks: Marks, key: string, how: MarkHow): Marks => {
  const at = rows.findIndex((row) => row.key === key);
  const row = rows[at];
  if (row === undefined) return marks;
  const ids = new Set(marks.ids);
  const from = rows.findIndex((each) => each.key === marks.anchor);
  if (how === 'range' && from >= 0) {
    for (const each of rows.slice(Math.min(at, from), Math.max(at, from) + 1))
      for (const id of idsOf(each)) ids.add(id);
    return { ids, anchor: marks.anchor };
  }
  const remove = isMarked(row, marks);
  for (const id of idsOf(row)) {
    if (remove) ids.delete(id);
    else ids.add(id);
  }
  return { ids, anchor: key };
};

export const markAll = (rows: readonly Row[]): Marks => ({ ids: new Set(rows.flatMap(idsOf)) });
