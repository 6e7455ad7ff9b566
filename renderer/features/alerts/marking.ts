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

export const rowsOf = (groups: readonly AlertGroup[], expanded: ReadonlySet<string>): readonly Row[] =>
  groups.flatMap((group): readonly Row[] => {
    const [only, ...others] = group.alerts;
    if (only !== undefined && others.length === 0) {
      return [{ kind: 'alert', key: group.key, alert: only, nested: false, named: true }];
    }
    const open = expanded.has(group.key);
    const head: Row = { kind: 'group', key: group.key, group, open };
    if (!open) return [head];
    const named = others.some(({ passId }) => passId !== only?.passId);
    return [
      head,
      ...group.alerts.map((alert): Row => ({
        kind: 'alert',
        key: `${group.key} ${alert.id}`,
        alert,
        nested: true,
        named,
      })),
    ];
  });

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
