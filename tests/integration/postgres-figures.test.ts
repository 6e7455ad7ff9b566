import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { AlarmFigures } from '../../contract/domain.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { storeAlerts } from '../shared/stored-alerts.ts';
import { until } from '../shared/until.ts';
import { storedRecording } from './postgres-recording.ts';
import {
  actBy,
  register,
  settingsOf,
  startWorkstation,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let one: Workstation;

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  for (const name of ['sue', 'tom']) await register(database.userUrl, name, 'supervisor');
  one = startWorkstation({ name: 'WS-1', settings: settingsOf(database) });
  await until(() => one.health()?.state === 'connected', 5_000);
  return async () => {
    await one.record.stop();
    await database.drop();
  };
}, 30_000);

const asOwner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

async function figures(from: number, to: number): Promise<AlarmFigures> {
  const result = await one.record.alerts.figures(from, to);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** An hour that has ended, so that every alert lies in the past. */
const start = Math.floor(Date.now() / hour) * hour - 6 * hour;

describe('the figures of the alarm system', () => {
  test('of a time without alerts are all zero, with every hour in the series', async () => {
    const empty = await figures(start, start + 4 * hour);
    expect(empty).toMatchObject({
      raised: { critical: 0, warning: 0 },
      operators: 0,
      perOperatorAndDay: 0,
      shareInFlood: 0,
      standing: 0,
      shelved: 0,
      topSources: [],
      chattering: [],
      falseRates: [],
    });
    expect(empty.series).toEqual(
      [0, 1, 2, 3].map((index) => ({ from: start + index * hour, critical: 0, warning: 0 })),
    );
    expect([empty.worstTenMinutes, empty.timeToAcknowledge]).toEqual([undefined, undefined]);
    expect((await figures(start - 20 * day, start)).series).toHaveLength(20);
  });

  test.each([
    [1, 1],
    [2, 1],
    [0, 4_000 * day],
  ])('from %i to %i are refused', async (from, to) => {
    expect(await one.record.alerts.figures(from, to)).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    });
  });

  test('count what was raised, by severity, hour and ten minutes, and what comes most often', async () => {
    const flood = Array.from({ length: 12 }, (_, index) => ({
      raisedAt: start + 70 * minute + index * 1_000,
      vehicleNumber: 'V-1',
    }));
    await storeAlerts(database.ownerUrl, [
      ...flood,
      { raisedAt: start + 5 * minute, severity: 'warning', vehicleNumber: 'V-2', position: '2Rb' },
      { raisedAt: start + 2 * hour, severity: 'warning', vehicleNumber: 'V-2', position: '2Rb' },
      { raisedAt: start - 1 },
      { raisedAt: start + 3 * hour },
    ]);
    const found = await figures(start, start + 3 * hour);
    expect(found.raised).toEqual({ critical: 12, warning: 2 });
    expect(found.series.map(({ critical, warning }) => [critical, warning])).toEqual([
      [0, 1],
      [12, 0],
      [0, 1],
    ]);
    expect(found.worstTenMinutes).toEqual({ from: start + 70 * minute, count: 12 });
    expect(found.shareInFlood).toBeCloseTo(1 / 18, 10);
    expect(found.perOperatorAndDay).toBeCloseTo(14 * 8, 10);
    expect(found.topSources).toEqual([
      { vehicleNumber: 'V-1', position: '1La', rule: 'height', site: 'Coquelles', count: 12 },
      { vehicleNumber: 'V-2', position: '2Rb', rule: 'height', site: 'Coquelles', count: 2 },
    ]);
  });

  test('tell how long it took to acknowledge, and by how many', async () => {
    const now = Date.now();
    const stored = await storeAlerts(
      database.ownerUrl,
      Array.from({ length: 20 }, () => ({ raisedAt: now - 5 * minute })),
    );
    for (const [index, { id }] of stored.entries()) {
      const act = actBy(index % 2 === 0 ? 'sue' : 'tom', now - 5 * minute + (index + 1) * 10_000);
      await one.record.alerts.acknowledge(id, {}, act, false);
    }
    const { operators, timeToAcknowledge, standing } = await figures(now - hour, now + minute);
    expect({ operators, standing }).toEqual({ operators: 2, standing: 20 });
    expect(timeToAcknowledge?.median).toBeCloseTo(105_000, 0);
    expect(timeToAcknowledge?.percentile95).toBeCloseTo(190_500, 0);
  });

  test('tell what stood and what was on the shelf at the end of the period, also of one that is over', async () => {
    const now = Date.now();
    const [open, gone, shelved, closed] = await storeAlerts(database.ownerUrl, [
      { raisedAt: now - 3 * hour },
      { raisedAt: now - 3 * hour },
      { raisedAt: now - 3 * hour },
      { raisedAt: now - 3 * hour },
    ]);
    if (!open || !gone || !shelved || !closed) throw new Error('not stored');
    await one.record.alerts.shelve(shelved.id, 60, 'x', actBy('sue', now - hour));
    await one.record.alerts.shelve(gone.id, 60, 'x', actBy('sue', now - hour));
    await one.record.alerts.unshelve(gone.id, actBy('sue', now - hour + 1));
    await asOwner(`update vicore.alert set state = 'closed' where id = $1`, [closed.id]);
    expect(await figures(now - 4 * hour, now + minute)).toMatchObject({ standing: 3, shelved: 1 });
    // It closed just now; half an hour ago it stood.
    expect(await figures(now - 4 * hour, now - 30 * minute)).toMatchObject({ standing: 4 });
    expect(await figures(now - 4 * hour, now - 3.5 * hour)).toMatchObject({ standing: 0 });
  });

  test('name what comes and goes three times within a minute', async () => {
    const [nervous, calm] = await storeAlerts(database.ownerUrl, [
      { raisedAt: start + minute, vehicleNumber: 'V-7' },
      { raisedAt: start + minute, vehicleNumber: 'V-8' },
    ]);
    const returned = (id: string | undefined, seconds: number): Promise<unknown> =>
      asOwner(
        `insert into vicore.alert_event (alert_id, at, actor, workstation, kind, details)
           values ($1, to_timestamp($2::float8 / 1000), 'analysis', 'WS-1', 'returned', json_build_object('eventAt', $2::float8))`,
        [id, start + minute + seconds * 1_000],
      );
    for (const seconds of [20, 59]) await returned(nervous?.id, seconds);
    for (const seconds of [40, 90]) await returned(calm?.id, seconds);
    expect((await figures(start, start + hour)).chattering).toEqual([
      { vehicleNumber: 'V-7', position: '1La', rule: 'height', site: 'Coquelles', count: 3 },
    ]);
  });

  test('give the share of false alerts by rule, vehicle type and camera', async () => {
    await storedRecording(database.userUrl, 'plain');
    // One camera has a name, the other only what the stream calls it.
    await asOwner(
      `insert into vicore.camera (id, stream_id, site, track, side, name, given_name)
         select distinct 'F1L', stream_id, site, site_track, 'left', 'F1 left', 'Left, entry' from vicore.train_pass`,
    );
    const alerts = await asOwner<{ id: string; rule: string; type: string; camera: string }>(
      `select a.id, a.rule, v.vehicle_type as type, coalesce(c.given_name, m.camera_id) as camera
         from vicore.alert a join vicore.pass_vehicle v on v.pass_id = a.pass_id and v.index = a.vehicle_index
           join vicore.spring_measurement m on m.pass_id = a.pass_id and m.vehicle_index = a.vehicle_index
             and m.position = a.position
           join vicore.train_pass p on p.id = a.pass_id
           left join vicore.camera c on c.stream_id = p.stream_id and c.id = m.camera_id
         where v.vehicle_type is not null and m.camera_id is not null order by a.id limit 30`,
    );
    expect(new Set(alerts.map(({ camera }) => camera))).toEqual(new Set(['Left, entry', 'F1R']));
    const verdicts = ['true', 'false', 'not-found', 'pending'] as const;
    const expected = new Map<string, { judged: number; wrong: number }>();
    for (const [index, { id, rule, type, camera }] of alerts.entries()) {
      const verdict = verdicts[index % 4] ?? 'true';
      await one.record.alerts.verdict(id, verdict, undefined, actBy('sue'));
      if (verdict === 'pending') continue;
      for (const key of [`rule ${rule}`, `vehicle-type ${type}`, `camera ${camera}`]) {
        const { judged, wrong } = expected.get(key) ?? { judged: 0, wrong: 0 };
        expected.set(key, { judged: judged + 1, wrong: wrong + (verdict === 'true' ? 0 : 1) });
      }
    }
    const [span] = await asOwner<{ from: number; to: number }>(
      `select extract(epoch from min(raised_at))::float8 * 1000 as from,
         extract(epoch from max(raised_at))::float8 * 1000 + 1 as to from vicore.alert`,
    );
    const { falseRates } = await figures(Math.floor(span?.from ?? 0), Math.ceil(span?.to ?? 0));
    expect(
      new Map(falseRates.map(({ by, name, judged, wrong }) => [`${by} ${name}`, { judged, wrong }])),
    ).toEqual(expected);
  });

  test('count an alert of a pair with each camera that measured one of its springs, once', async () => {
    await storedRecording(database.userUrl, 'plain');
    const [pass] = await asOwner<{
      id: string;
      index: number;
      at: number;
      cameras: readonly (string | null)[];
    }>(
      `select v.pass_id as id, v.index, extract(epoch from p.started_at)::float8 * 1000 as at, v.camera_id as cameras
         from vicore.vehicle_record v join vicore.train_pass p on p.id = v.pass_id
         where v.vehicle_type is not null and array_length(v.camera_id, 1) = 16
           and v.camera_id[10] <> v.camera_id[12] order by p.started_at, v.index limit 1`,
    );
    if (!pass) throw new Error('no vehicle that both cameras measured');
    // 3b is the pair of 3Lb and 3Rb: places 10 and 12 of the layout.
    const both = [pass.cameras[9] ?? '', pass.cameras[11] ?? ''];
    expect(new Set(both)).toEqual(new Set(['F1L', 'F1R']));
    const addAlert = async (position: string): Promise<void> => {
      const [row] = await asOwner<{ id: string }>(
        `insert into vicore.alert (id, pass_id, vehicle_index, position, rule, severity, state, present, raised_at,
             received_at, vehicle_number)
           values (gen_random_uuid(), $1, $2, $3, 'asymmetry', 'warning', 'active-unacknowledged', true,
             to_timestamp($4::float8 / 1000), to_timestamp($4::float8 / 1000), 'V-1') returning id`,
        [pass.id, pass.index, position, pass.at],
      );
      await one.record.alerts.verdict(row?.id ?? '', 'false', undefined, actBy('sue'));
    };
    const byCamera = async (): Promise<Record<string, number>> => {
      const { falseRates } = await figures(Math.floor(pass.at), Math.ceil(pass.at) + 1);
      expect(falseRates.find(({ by }) => by === 'vehicle-type')?.judged).toBe(
        falseRates.find(({ by }) => by === 'rule')?.judged,
      );
      return Object.fromEntries(
        falseRates.filter(({ by }) => by === 'camera').map(({ name, judged }) => [name, judged]),
      );
    };
    await addAlert('3b');
    expect(await byCamera()).toEqual({ F1L: 1, F1R: 1 });
    await addAlert('3Rb');
    expect(await byCamera()).toEqual({ F1L: 1, F1R: 1, [both[1] ?? '']: 2 });
    // One spring of the pair was not seen: nothing is counted with the camera that did not see it.
    await asOwner(`update vicore.vehicle_record set camera_id[12] = null where pass_id = $1 and index = $2`, [
      pass.id,
      pass.index,
    ]);
    expect(await byCamera()).toEqual({ [both[0] ?? '']: 1 });
    // Both seen by one camera: still one verdict.
    await asOwner(
      `update vicore.vehicle_record set camera_id[12] = camera_id[10] where pass_id = $1 and index = $2`,
      [pass.id, pass.index],
    );
    expect(await byCamera()).toEqual({ [both[0] ?? '']: 2 });
  });
});
