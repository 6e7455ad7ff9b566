import type { AlarmFigures, AlarmSource } from '../../contract/domain.ts';
import { failure, type Result, success } from '../../contract/errors.ts';
import type { SharedAlertActs } from '../alerts/ports.ts';
import { type Ask, onlyRow } from './ask.ts';
import { milliseconds, present } from './queryable.ts';

const dayMs = 86_400_000;
/** Longer periods come in days in place of hours. */
const mostHourlyMs = 14 * dayMs;
/** Bounds the answer: a series has one step a day. */
const mostDays = 3_660;

/** More new alerts than this in ten minutes are a flood (EEMUA 191). */
const floodCount = 10;
/** Coming so often within a minute is chattering (ISA-18.2). */
const chatterCount = 3;

/**
 * The cameras that measured the springs of alert `s`, by name: one for a spring (`3Rb`), as a rule two for a pair of
 * an axle (`3b`), which the cameras of both sides measure. Each is named once: one verdict is one for a camera.
 */
const camerasOf = `select distinct coalesce(c.given_name, c.name, seen_by.id) as name
  from unnest(array['La', 'Lb', 'Ra', 'Rb']) with ordinality as nest (name, place)
    cross join lateral (select s.camera_ids[(substring(s.position from '^\\d+')::int - 1) * 4 + nest.place] as id) seen_by
    left join vicore.camera c on c.stream_id = s.stream_id and c.id = seen_by.id
  where s.position ~ '^\\d+[LR]?[ab]$' and nest.name ~ (substring(s.position from '[LR]?[ab]$') || '$')
    and seen_by.id is not null`;

/**
 * $1 and $2 are the period in ms, $3 the width of a step in ms. `raised` is everything that was raised in the period;
 * times to acknowledge are from our receipt, so that a stream that was caught up with late makes nobody slow.
 */
const text = `with period as (
    select to_timestamp($1::float8 / 1000) as first, to_timestamp($2::float8 / 1000) as last
  ), raised as materialized (
    select a.pass_id, a.stream_id, a.position, a.rule, a.severity, a.vehicle_number,
        (${milliseconds('a.raised_at')} - $1::bigint) / 600000 as ten,
        greatest(0, extract(epoch from a.acknowledged_at - a.received_at) * 1000)::float8 as wait
      from vicore.alert a, period where a.raised_at >= period.first and a.raised_at < period.last
  ), tens as (
    select ten, count(*) as count from raised group by ten
  ), sources as (
    select r.vehicle_number, r.position, r.rule, coalesce(p.site, s.site) as site, count(*) as count
      from raised r
        left join vicore.train_pass p on p.id = r.pass_id
        left join vicore.stream_position s on r.pass_id is null and s.stream_id = r.stream_id
      group by 1, 2, 3, 4
  ), comings as (
    select a.vehicle_number, a.position, a.rule, coalesce(p.site, s.site) as site, c.at
      from (select distinct e.alert_id from vicore.alert_event e, period
          where e.kind = 'returned' and e.at >= period.first and e.at < period.last) r
        join vicore.alert a on a.id = r.alert_id
        left join vicore.train_pass p on p.id = a.pass_id
        left join vicore.stream_position s on s.stream_id = a.stream_id
        cross join lateral (
          select coalesce((e.details ->> 'eventAt')::float8, ${milliseconds('e.at')}) as at from vicore.alert_event e
            where e.alert_id = a.id and e.kind in ('raised', 'returned')) c
  ), chattering as (
    select vehicle_number, position, rule, site, count(*) as count
      from (select c.*, at - lag(at, ${chatterCount - 1}) over (partition by vehicle_number, position, rule, site order by at)
        as span from comings c) s
      group by 1, 2, 3, 4 having bool_or(span <= 60000)
  ), judged as (
    select a.rule, a.position, a.pass_id, a.vehicle_index, a.verdict <> 'true' as wrong
      from vicore.alert a, period
      where a.verdict is not null and a.verdict <> 'pending' and a.raised_at >= period.first and a.raised_at < period.last
  ), seen as (
    select j.wrong, j.position, v.vehicle_type, p.stream_id, v.camera_id as camera_ids
      from judged j join vicore.train_pass p on p.id = j.pass_id
        join vicore.vehicle_record v on v.pass_id = p.id and v.started_at = p.started_at and v.index = j.vehicle_index
  ), rates as (
    select 1 as place, 'rule' as by, rule as name, wrong from judged
    union all
    select 2, 'vehicle-type', vehicle_type, wrong from seen where vehicle_type is not null
    union all
    select 3, 'camera', by_camera.name, s.wrong from seen s cross join lateral (${camerasOf}) by_camera
  )
  select json_build_object(
    'raised', (select json_build_object('critical', count(*) filter (where severity = 'critical'),
      'warning', count(*) filter (where severity = 'warning')) from raised),
    'operators', (select count(distinct l.user_id) from vicore.audit_log l, period
      where l.action in ('alert.acknowledge', 'alert.acknowledge-late', 'pass.confirm')
        and l.at >= period.first and l.at < period.last),
    'floodSteps', (select count(*) from tens where count > ${floodCount}),
    'worstTenMinutes', (select json_build_object('from', $1::bigint + ten * 600000, 'count', count)
      from tens order by count desc, ten limit 1),
    'standing', (select count(*) from vicore.alert a, period where a.state <> 'closed' and a.raised_at < period.last)
      + (select count(*) from vicore.alert a, period where a.closed_at >= period.last and a.raised_at < period.last),
    'shelved', (select count(distinct e.alert_id) from vicore.alert_event e
        join vicore.alert a on a.id = e.alert_id, period
      where e.kind = 'shelved' and e.at > period.last - interval '25 hours' and e.at <= period.last
        and (e.details ->> 'until')::float8 > least($2::float8, ${milliseconds('clock_timestamp()')})
        and (a.closed_at is null or a.closed_at >= period.last)
        and not exists (select from vicore.alert_event o where o.alert_id = e.alert_id and o.id > e.id
          and o.kind in ('unshelved', 'shelf-ended', 'closed') and o.at <= period.last)),
    'timeToAcknowledge', (select json_build_object('median', p.waits[1], 'percentile95', p.waits[2])
      from (select percentile_cont(array[0.5, 0.95]) within group (order by wait) as waits from raised
        where wait is not null) p where p.waits is not null),
    'series', (select json_agg(json_build_object('from', $1::bigint + s.step * $3::bigint,
        'critical', coalesce(c.critical, 0), 'warning', coalesce(c.warning, 0)) order by s.step)
      from generate_series(0, ceil(($2::float8 - $1::float8) / $3::float8)::bigint - 1) as s (step)
        left join (select ten / ($3::bigint / 600000) as step, count(*) filter (where severity = 'critical') as critical,
            count(*) filter (where severity = 'warning') as warning from raised group by 1) c on c.step = s.step),
    'topSources', (select json_agg(t) from (select vehicle_number as "vehicleNumber", position, rule, site, count
      from sources order by count desc, vehicle_number, position, rule, site limit 10) t),
    'chattering', (select json_agg(t) from (select vehicle_number as "vehicleNumber", position, rule, site, count
      from chattering order by count desc, vehicle_number, position, rule, site limit 10) t),
    'falseRates', (select json_agg(json_build_object('by', t.by, 'name', t.name, 'judged', t.judged, 'wrong', t.wrong)
        order by t.place, t.judged desc, t.name)
      from (select place, by, name, count(*) as judged, count(*) filter (where wrong) as wrong from rates
        group by place, by, name) t)
  ) as figures`;

/** A year of alerts is sorted in memory; the connection is the panel's. */
const memoryText = `select set_config('work_mem', '64MB', false)`;

interface Figures extends Omit<
  AlarmFigures,
  'from' | 'to' | 'perOperatorAndDay' | 'shareInFlood' | 'worstTenMinutes' | 'timeToAcknowledge'
> {
  readonly floodSteps: number;
  readonly worstTenMinutes: NonNullable<AlarmFigures['worstTenMinutes']> | null;
  readonly timeToAcknowledge: NonNullable<AlarmFigures['timeToAcknowledge']> | null;
}

type Nullable<Row> = { readonly [Name in keyof Row]: Row[Name] | null };

const sourcesOf = (rows: readonly AlarmSource[] | null): readonly AlarmSource[] => (rows ?? []).map(present);

function toFigures(row: Nullable<Figures>, from: number, to: number): AlarmFigures {
  const raised = row.raised ?? { critical: 0, warning: 0 };
  const operators = row.operators ?? 0;
  return {
    from,
    to,
    raised,
    operators,
    // Nobody at work: as if one person had had them all.
    perOperatorAndDay: (raised.critical + raised.warning) / Math.max(1, operators) / ((to - from) / dayMs),
    worstTenMinutes: row.worstTenMinutes ?? undefined,
    shareInFlood: (row.floodSteps ?? 0) / Math.ceil((to - from) / 600_000),
    standing: row.standing ?? 0,
    shelved: row.shelved ?? 0,
    timeToAcknowledge: row.timeToAcknowledge ?? undefined,
    series: row.series ?? [],
    topSources: sourcesOf(row.topSources),
    chattering: sourcesOf(row.chattering),
    falseRates: row.falseRates ?? [],
  };
}

/** Figures of the alarm system (IEC 62682, EEMUA 191) of [from, to), ms. */
export const createAlarmFigures = (ask: Ask): Pick<SharedAlertActs, 'figures'> => ({
  async figures(from, to): Promise<Result<AlarmFigures>> {
    if (!(to > from) || to - from > mostDays * dayMs)
      return failure('invalid-input', 'The period must end after it begins, within ten years.');
    const prepared = await ask({ label: 'alarm-figures-memory', text: memoryText, values: [] }, success);
    if (!prepared.ok) return prepared;
    const step = to - from > mostHourlyMs ? dayMs : 3_600_000;
    return ask<{ readonly figures: Nullable<Figures> }, AlarmFigures>(
      { label: 'alarm-figures', text, values: [from, to, step] },
      onlyRow(({ figures }) => success(toFigures(figures, from, to))),
    );
  },
});
