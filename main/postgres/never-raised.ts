import type { HereOnly } from '../passes/ports.ts';
import type { Queryable } from './queryable.ts';

/**
 * The shared record has judged all that the workstation has of the pass, and the pass has ended: the alert is not to
 * come any more. Not where it may have missed some of it: events of the stream that it never got, or that it could not
 * store, from a day before the pass on (the clocks of cameras and workstations differ).
 */
const text = `select w."alertId" as id
  from json_to_recordset($1) as w ("alertId" uuid, "passId" uuid, revision bigint)
    join vicore.train_pass p on p.id = w."passId" and p.ended_at is not null and p.revision >= w.revision
  where not exists (select from vicore.alert a where a.id = w."alertId")
    and not exists (select from vicore.alert g where g.pass_id is null and g.rule = 'data-gap'
      and g.stream_id = p.stream_id and g.received_at > p.started_at - interval '1 day')
    and not exists (select from vicore.rejected_message r where r.stream_id = p.stream_id and r.seq is not null
      and r.at > p.started_at - interval '1 day' and r.reason like 'could not be %')`;

/** Those of the alerts that the shared record will not have of what it knows now. */
export async function neverRaised(database: Queryable, asked: readonly HereOnly[]): Promise<HereOnly[]> {
  const { rows } = await database.query<{ readonly id: string }>({
    name: 'never-raised',
    text,
    values: [JSON.stringify(asked)],
  });
  const proved = new Set(rows.map(({ id }) => id));
  return asked.filter(({ alertId }) => proved.has(alertId));
}
