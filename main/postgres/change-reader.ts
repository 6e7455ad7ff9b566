import type { ReferenceKind } from '../../contract/changes.ts';
import type { Cursor } from './cursor.ts';
import type { Queryable } from './queryable.ts';
import type { Wanted } from './shared-rows.ts';

interface ChangeRow {
  readonly id: number;
  readonly xid: string;
  readonly token: string;
  readonly kind: 'pass' | 'vehicle' | 'alert' | 'rejected' | 'maintenance' | ReferenceKind;
  readonly ids: readonly string[];
  readonly indexes: readonly number[];
  readonly numbers: readonly number[];
}

export interface ChangePage {
  readonly changes: readonly ChangeRow[];
  /** Transactions below this one have all ended. */
  readonly horizon: string;
}

/** Changes read at once. */
const pageSize = 500;

const pageText = `select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, coalesce(json_agg(r), '[]') as changes
  from (
    select c.id, c.xid::text as xid, c.token, c.kind, c.ids, c.indexes, c.numbers from vicore.change c
      where c.xid >= $1::xid8 and (c.xid, c.id) > ($1::xid8, $2::bigint) order by c.xid, c.id limit ${pageSize}
  ) r`;

/**
 * Changes after a place, and up to where nothing older can still appear. Ids are given before transactions end, so
 * a lower one may become visible later: whoever goes by ids alone loses it (fault 20).
 */
export async function readChanges(database: Queryable, xid: string, id: number): Promise<ChangePage> {
  const { rows } = await database.query<ChangePage & { [column: string]: unknown }>({
    name: 'changes',
    text: pageText,
    values: [xid, id],
  });
  return rows[0] ?? { changes: [], horizon: xid };
}

export const isFullPage = (page: ChangePage): boolean => page.changes.length === pageSize;

/** Where a reader that starts now has its place. */
export async function currentPlace(database: Queryable): Promise<Cursor> {
  const { rows } = await database.query<{ place: Cursor }>({
    name: 'current-place',
    text: `select json_build_object('system', s.system_identifier::text, 'database', current_database(),
        'xid', h.xmin::text, 'id', coalesce(c.id, 0), 'token', coalesce(c.token::text, '')) as place
      from pg_control_system() s
        cross join (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) h
        left join lateral (select id, token from vicore.change where xid < h.xmin order by id desc limit 1) c on true`,
  });
  const place = rows[0]?.place;
  if (!place) throw new Error('the database gave no answer to where its changes end');
  return place;
}

/**
 * Whether the database still is the one that the cursor was made in. It is not after a restore from a backup: then
 * the last change that was applied is missing, or another one has its number (fault 21).
 */
export async function isSameHistory(database: Queryable, cursor: Cursor): Promise<boolean> {
  const place = await currentPlace(database);
  if (place.system !== cursor.system || place.database !== cursor.database) return false;
  if (BigInt(cursor.xid) > BigInt(place.xid)) return false;
  // Nothing had changed when the replica was filled: the number alone tells.
  if (cursor.id === 0) return true;
  const { rows } = await database.query<{ token: string }>({
    name: 'change-token',
    text: 'select token::text from vicore.change where id = $1',
    values: [cursor.id],
  });
  return rows[0]?.token === cursor.token;
}

/** All there are. */
export const referenceKinds: readonly ReferenceKind[] = [
  'user',
  'threshold',
  'vehicle-type',
  'site',
  'camera',
  'setting',
  'guidance',
];

/** What admins look after and the changes are about, each once. */
export const referencesOf = (changes: readonly ChangeRow[]): readonly ReferenceKind[] =>
  referenceKinds.filter((about) => changes.some(({ kind }) => kind === about));

/** The identities that the changes name, each once. */
export function wantedBy(changes: readonly ChangeRow[]): Wanted {
  const passIds = new Set<string>();
  const vehicles = new Map<string, readonly [string, number]>();
  const alertIds = new Set<string>();
  const rejectedIds = new Set<number>();
  const markIds = new Set<number>();
  let thresholds = false;
  for (const { kind, ids, indexes, numbers } of changes) {
    if (kind === 'pass') for (const id of ids) passIds.add(id);
    if (kind === 'alert') for (const id of ids) alertIds.add(id);
    if (kind === 'rejected') for (const id of numbers) rejectedIds.add(id);
    if (kind === 'maintenance') for (const id of numbers) markIds.add(id);
    if (kind === 'threshold') thresholds = true;
    if (kind !== 'vehicle') continue;
    for (const [place, id] of ids.entries()) {
      const index = indexes[place] ?? 0;
      vehicles.set(`${id}/${index}`, [id, index]);
    }
  }
  return {
    passIds: [...passIds],
    wholePassIds: [],
    vehiclePassIds: [...vehicles.values()].map(([id]) => id),
    vehicleIndexes: [...vehicles.values()].map(([, index]) => index),
    alertIds: [...alertIds],
    rejectedIds: [...rejectedIds],
    markIds: [...markIds],
    thresholds,
  };
}
