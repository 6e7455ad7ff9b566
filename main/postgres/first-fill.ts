import type { SharedRows } from '../passes/ports.ts';
import { currentPlace } from './change-reader.ts';
import { fillingCursor, writeCursor } from './cursor.ts';
import type { Queryable } from './queryable.ts';
import { nothingWanted, readSharedRows } from './shared-rows.ts';

const passesPerPage = 20;
const vehiclesPerPage = 100;
/** Earliest passes of each vehicle and site that rule 5 (trend) may rest on, with room for springs not ok in some. */
const earliestPasses = 40;
/** Latest passes that rule 6 (unseen) may look at. */
const latestPasses = 6;
const mostRejections = 500;

async function ids(database: Queryable, name: string, text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>({ name, text, values });
  return rows.map((row) => row.id);
}

/** Passes of the last days and those still running, newest first, a page at a time. */
async function* recentPasses(database: Queryable, since: number): AsyncGenerator<readonly string[]> {
  let after: string | undefined;
  for (;;) {
    const page: string[] = await ids(
      database,
      'recent-passes',
      `select id from vicore.train_pass p
         where (p.started_at >= to_timestamp($1::bigint / 1000.0) or p.ended_at is null)
           and ($2::uuid is null or (p.started_at, p.id) < (select q.started_at, q.id from vicore.train_pass q where q.id = $2))
         order by p.started_at desc, p.id desc limit ${passesPerPage}`,
      [since, after ?? null],
    );
    if (page.length > 0) yield page;
    after = page.at(-1);
    if (page.length < passesPerPage) return;
  }
}

interface HistoryVehicle {
  readonly id: string;
  readonly index: number;
}

/** The earlier rows of every vehicle that rules 5 and 6 rest on, by vehicle number, a page at a time. */
async function* historyVehicles(
  database: Queryable,
  before: number,
): AsyncGenerator<readonly HistoryVehicle[]> {
  let after = '';
  for (;;) {
    // A walk from one number to the next along the index: as many steps as vehicles, however many rows.
    const numbers: string[] = await ids(
      database,
      'vehicle-numbers',
      `with recursive walk as (
         (select min(vehicle_number) as id from vicore.vehicle_record
           where vehicle_number > $1 and identified and not contradicted)
         union all
         (select (select min(v.vehicle_number) from vicore.vehicle_record v
           where v.vehicle_number > walk.id and v.identified and not v.contradicted) from walk where walk.id is not null)
       ) select id from walk where id is not null limit ${vehiclesPerPage}`,
      [after],
    );
    const last = numbers.at(-1);
    if (last === undefined) return;
    after = last;
    const { rows } = await database.query<HistoryVehicle>({
      name: 'history-vehicles',
      text: `with site as (select distinct site, site_track from vicore.train_pass where started_at >= (
             select max(started_at) - interval '30 days' from vicore.train_pass)
           union select site, track from vicore.stream_position)
         select distinct h.pass_id as id, h.index::int as index
         from unnest($1::text[]) as n (vehicle_number) cross join site s
           cross join lateral (
             (select v.pass_id, v.index from vicore.vehicle_record v join vicore.train_pass p on p.id = v.pass_id
               where v.vehicle_number = n.vehicle_number and v.identified and not v.contradicted
                 and p.site = s.site and p.site_track = s.site_track and p.ended_at is not null
                 and v.started_at < to_timestamp($2::bigint / 1000.0)
                 and v.started_at > coalesce((select max(m.at) from vicore.maintenance_mark m
                   where m.vehicle_number = n.vehicle_number), '-infinity')
               order by v.started_at, v.pass_id limit ${earliestPasses})
             union all
             (select v.pass_id, v.index from vicore.vehicle_record v join vicore.train_pass p on p.id = v.pass_id
               where v.vehicle_number = n.vehicle_number and v.identified and not v.contradicted
                 and p.site = s.site and p.site_track = s.site_track and p.ended_at is not null
                 and v.started_at < to_timestamp($2::bigint / 1000.0)
               order by v.started_at desc, v.pass_id desc limit ${latestPasses})
           ) h`,
      values: [numbers, before],
    });
    for (let from = 0; from < rows.length; from += 500) yield rows.slice(from, from + 500);
  }
}

/**
 * Everything a replica starts from: the last days, newest first, and of before what the trend and unseen rules need.
 * Only the last page carries a cursor to go on from; what changes meanwhile comes after it.
 */
export async function* firstFill(database: Queryable, since: number): AsyncGenerator<SharedRows> {
  const place = await currentPlace(database);
  let reset = true;
  const page = (rows: Omit<SharedRows, 'cursor' | 'reset'>): SharedRows => {
    const filled = { ...rows, cursor: fillingCursor, reset };
    reset = false;
    return filled;
  };
  const rejectedIds = await ids(
    database,
    'recent-rejected',
    `select id::text from vicore.rejected_message where at >= to_timestamp($1::bigint / 1000.0)
       order by id desc limit ${mostRejections}`,
    [since],
  );
  const alertIds = await ids(
    database,
    'gap-alerts',
    `select id from vicore.alert where pass_id is null
       and (raised_at >= to_timestamp($1::bigint / 1000.0) or state <> 'closed') order by raised_at desc limit 1000`,
    [since],
  );
  const loose = {
    ...nothingWanted,
    rejectedIds: rejectedIds.map(Number),
    alertIds,
    markIds: 'all',
    thresholds: true,
  } as const;
  yield page(await readSharedRows(database, loose));
  for await (const wholePassIds of recentPasses(database, since)) {
    yield page(await readSharedRows(database, { ...nothingWanted, wholePassIds }));
  }
  for await (const vehicles of historyVehicles(database, since)) {
    const wanted = {
      ...nothingWanted,
      vehiclePassIds: vehicles.map((vehicle) => vehicle.id),
      vehicleIndexes: vehicles.map((vehicle) => vehicle.index),
    };
    yield page(await readSharedRows(database, wanted));
  }
  yield { ...(await readSharedRows(database, nothingWanted)), cursor: writeCursor(place), reset: false };
}
