/** A pass's place in time; passes that started at once are ordered by their id. */
interface Dated {
  readonly startedAt: number;
  readonly passId: string;
}

export const isLater = (left: Dated, right: Dated): boolean =>
  left.startedAt > right.startedAt || (left.startedAt === right.startedAt && left.passId > right.passId);

/** Puts an entry at its place in an ascending (or descending) list. */
export function insertSorted<T>(list: T[], entry: T, comesAfter: (present: T) => boolean): void {
  let at = list.length;
  while (at > 0 && !comesAfter(list[at - 1] as T)) at -= 1;
  list.splice(at, 0, entry);
}
