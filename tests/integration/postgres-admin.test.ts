import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type pg from 'pg';
import type { ReferenceKind } from '../../contract/changes.ts';
import type { SettingKey, ThresholdValues, TypeLimits } from '../../contract/domain.ts';
import { settings } from '../../contract/settings.ts';
import { thresholdProblems } from '../../contract/threshold-order.ts';
import { defaultThresholds } from '../../main/springs/thresholds.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';
import { storedRecording, storeEntries } from './postgres-recording.ts';
import {
  actBy,
  code,
  recordingReplica,
  register,
  settingsOf,
  startWorkstation,
  valueOf,
  withClient,
  type Workstation,
} from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let one: Workstation;
let other: Workstation;
let told: ReferenceKind[];

beforeAll(async () => {
  postgres = await startTestPostgres();
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  await storedRecording(database.userUrl, 'plain');
  for (const name of ['dora', 'otto']) await register(database.userUrl, name, 'admin');
  told = [];
  one = startWorkstation({ name: 'WS-1', settings: settingsOf(database) });
  other = startWorkstation({
    name: 'WS-2',
    settings: settingsOf(database),
    replica: recordingReplica(),
    listeners: { onReference: (abouts) => told.push(...abouts), person: () => 'Otto' },
  });
  await until(() => one.health()?.state === 'connected' && other.health()?.asOf !== undefined, 10_000);
  told = [];
  return async () => {
    await Promise.all([one.record.stop(), other.record.stop()]);
    await database.drop();
  };
}, 30_000);

const asOwner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

const { version: _, effectiveAt: __, createdBy: ___, reason: ____, ...values } = defaultThresholds;

/** The values with something else in the limits of one type. */
const withLimits = (more: Partial<TypeLimits>, type = 'loader'): ThresholdValues => {
  const limits = values.types[type];
  if (!limits) throw new Error(type);
  return { ...values, types: { ...values.types, [type]: { ...limits, ...more } } };
};

const auditOf = (
  action: string,
): Promise<{ before: unknown; after: unknown; actor: string; entity_id: string }[]> =>
  asOwner('select actor, entity_id, before, after from vicore.audit_log where action = $1 order by id', [
    action,
  ]);

describe('thresholds', () => {
  test('a new version counts on, takes effect now, is audited, and the other workstation hears of it', async () => {
    const before = Date.now();
    const changed = withLimits({ dropCmm: 700 });
    const saved = valueOf(
      await one.record.admin.saveThresholds({ base: 1, values: changed, reason: 'softer' }, actBy('dora')),
    );
    expect(saved).toMatchObject({ ...changed, version: 2, createdBy: 'dora', reason: 'softer' });
    expect(saved.effectiveAt).toBeGreaterThanOrEqual(before - 1);
    expect(saved.effectiveAt).toBeLessThanOrEqual(Date.now());
    const page = valueOf(await other.record.admin.listThresholds({ limit: 1 }));
    expect(page.items).toEqual([{ ...saved, savedAt: expect.any(Number) }]);
    expect(page.items[0]?.savedAt).toBeGreaterThanOrEqual(saved.effectiveAt);
    expect(page.items[0]?.savedAt).toBeLessThanOrEqual(Date.now());
    const rest = valueOf(await other.record.admin.listThresholds({ limit: 5, cursor: page.cursor }));
    expect(rest.items).toEqual([defaultThresholds]);
    expect(await auditOf('threshold.save')).toMatchObject([
      {
        actor: 'dora',
        entity_id: '2',
        before: { version: 1 },
        after: { version: 2, reason: 'softer', rules: changed },
      },
    ]);
    await until(() => told.includes('threshold'), 3_000);
  });

  test('two admins at once: one version is made, the other is shown it', async () => {
    for (let base = 1; base <= 8; base += 1) {
      const results = await Promise.all([
        one.record.admin.saveThresholds({ base, values, reason: 'one' }, actBy('dora')),
        other.record.admin.saveThresholds({ base, values, reason: 'other' }, actBy('otto')),
      ]);
      const winner = results.find((result) => result.ok);
      const loser = results.find((result) => !result.ok);
      if (!winner?.ok || !loser || loser.ok) throw new Error(JSON.stringify(results));
      expect(winner.value.version).toBe(base + 1);
      expect(loser.error).toMatchObject({ code: 'conflict', details: { current: winner.value } });
    }
    expect(await asOwner('select from vicore.threshold_set')).toHaveLength(9);
  });

  test('take effect in the future or now, never in the past', async () => {
    const save = (effectiveAt: number) =>
      one.record.admin.saveThresholds({ base: 1, values, reason: 'x', effectiveAt }, actBy('dora'));
    expect(code(await save(Date.now() - 60_000))).toBe('invalid-input');
    const tomorrow = Date.now() + 86_400_000;
    expect(valueOf(await save(tomorrow)).effectiveAt).toBe(tomorrow);
  });

  const broken: readonly (readonly [string, ThresholdValues])[] = [
    ['confidences crossed', { ...values, minConfidence: 0.9 }],
    ['no confidence', { ...values, minConfidence: 0 }],
    ['no conflict', { ...values, conflictCmm: 0 }],
    ['no blind share', { ...values, blindShare: 0 }],
    ['critical above warning', withLimits({ criticalLowCmm: 19_500 })],
    ['warnings crossed', withLimits({ warningLowCmm: 27_000 })],
    ['warning at critical', withLimits({ warningHighCmm: 28_500 })],
    ['asymmetry equal', withLimits({ asymmetryWarningCmm: 2_200 })],
    ['history above the window', withLimits({ minHistory: 11 })],
    ['no drop', withLimits({ dropCmm: 0 })],
    ['no lowest height', withLimits({ criticalLowCmm: 0 })],
    ['no warning limit', withLimits({ warningLowCmm: undefined })],
    ['no axles', withLimits({ axles: undefined })],
  ];

  test('impossible ones are refused here too, and nothing is written', async () => {
    for (const [name, impossible] of broken) {
      expect([name, thresholdProblems(impossible).length > 0]).toEqual([name, true]);
      const save = { base: 1, values: impossible, reason: 'x' };
      const result = await one.record.admin.saveThresholds(save, actBy('dora'));
      expect([name, code(result)]).toEqual([name, 'invalid-input']);
    }
    expect(await asOwner('select from vicore.threshold_set')).toHaveLength(1);
  });
});

describe('vehicle types', () => {
  test('unknown ones that passed are listed first, with what is known of them, and can be entered', async () => {
    await asOwner(
      `insert into vicore.vehicle_record select gen_random_uuid(), now() - interval '1 hour', index, true, false,
         'V' || index, 'low-wagon', axles, 'A', state, blank_count, height_cmm, relative_cmm, confidence, defect,
         defect_confidence, spring_state, image_id, camera_id, measured_at, blind_sides, work
         from vicore.vehicle_record where index <= 3 and pass_id = (select pass_id from vicore.vehicle_record limit 1)`,
    );
    await until(() => told.includes('vehicle-type'), 3_000);
    const listed = valueOf(await one.record.admin.listVehicleTypes({ limit: 50 })).items;
    expect(listed[0]).toMatchObject({ code: 'low-wagon', seen: 3, hasLimits: false, revision: 0 });
    expect(listed[0]?.vehicleNumbers.toSorted()).toEqual(['V1', 'V2', 'V3']);
    expect(listed[0]?.lastSeenAt).toBeGreaterThan(Date.now() - 7_200_000);
    expect(listed[0]).not.toHaveProperty('name');
    expect(listed.slice(1).map((type) => type.code)).toEqual([
      'carrier-car',
      'carrier-truck',
      'club-car',
      'loader',
    ]);
    expect(listed[1]).toMatchObject({ name: 'Car carrier', axles: 4, hasLimits: true, revision: 1 });

    const entered = { code: 'low-wagon', name: 'Low wagon', axles: 6, revision: 0 };
    const results = await Promise.all([
      one.record.admin.saveVehicleType(entered, actBy('dora')),
      other.record.admin.saveVehicleType({ ...entered, name: 'Other' }, actBy('otto')),
    ]);
    const winner = results.find((result) => result.ok);
    const loser = results.find((result) => !result.ok);
    if (!winner?.ok || !loser || loser.ok) throw new Error(JSON.stringify(results));
    expect(winner.value).toMatchObject({ axles: 6, seen: 3, revision: 1 });
    expect(loser.error).toMatchObject({ code: 'conflict', details: { current: winner.value } });
    expect(
      await asOwner(`select cardinality(layout) as places from vicore.vehicle_type where code = 'low-wagon'`),
    ).toEqual([{ places: 24 }]);
    const again = await one.record.admin.saveVehicleType(
      { ...entered, axles: 4, revision: 1 },
      actBy('dora'),
    );
    expect(again).toMatchObject({ value: { axles: 4, revision: 2 } });
    expect(await auditOf('vehicle-type.save')).toMatchObject([
      { before: null, after: { axles: 6 } },
      { before: { axles: 6 }, after: { axles: 4 } },
    ]);
  });

  test('are counted once a vehicle, however often its pass is written', async () => {
    await asOwner('update vicore.vehicle_record set blank_count = blank_count');
    await asOwner('update vicore.vehicle_record set blank_count = blank_count');
    const [row] = await asOwner<{ same: boolean }>(
      `select (select count(*) from vicore.vehicle_seen) = (select count(distinct (vehicle_type, vehicle_number))
         from vicore.vehicle_record where identified and started_at > now() - interval '31 days') as same`,
    );
    expect(row).toEqual({ same: true });
  });
});

describe('sites and cameras', () => {
  const hello = {
    kind: 'stream',
    streamId: 'folk-1',
    receivedAt: Date.now(),
    info: {
      streamId: 'folk-1',
      site: 'Folkestone',
      track: 'T1',
      cameras: [
        { id: 'F1L', side: 'left', name: 'Left' },
        { id: 'F1R', side: 'right', name: 'Right' },
      ],
    },
  } as const;
  beforeEach(() => storeEntries(database.userUrl, [hello]));

  test('have the names that people give them; the stream’s own stay beside them', async () => {
    const sites = valueOf(await one.record.admin.listSites({ limit: 5 })).items;
    const site = { site: 'Folkestone', track: 'T1', streamId: 'folk-1', revision: 0 };
    expect(sites).toContainEqual(site);
    const named = { site: site.site, track: site.track, name: 'Tunnel mouth', timeZone: 'Europe/Paris' };
    expect(await one.record.admin.saveSite({ ...named, revision: 0 }, actBy('dora'))).toEqual({
      ok: true,
      value: { ...site, name: 'Tunnel mouth', timeZone: 'Europe/Paris', revision: 1 },
    });
    expect(await other.record.admin.saveSite({ ...named, revision: 0 }, actBy('otto'))).toMatchObject({
      error: { code: 'conflict', details: { current: { name: 'Tunnel mouth', revision: 1 } } },
    });
    const bad = { ...named, timeZone: 'Mars/Olympus', revision: 1 };
    expect(code(await one.record.admin.saveSite(bad, actBy('dora')))).toBe('invalid-input');
    expect(
      code(await one.record.admin.saveSite({ ...named, site: 'nowhere', revision: 0 }, actBy('dora'))),
    ).toBe('not-found');
    const unnamed = await one.record.admin.saveSite(
      { site: site.site, track: site.track, revision: 1 },
      actBy('dora'),
    );
    expect(valueOf(unnamed)).not.toHaveProperty('name');
    await until(() => told.includes('site'), 3_000);

    const [camera, ...others] = valueOf(await one.record.admin.listCameras({ limit: 50 })).items;
    if (!camera) throw new Error('no camera');
    expect(others.map(({ id }) => id)).toEqual(['F1R']);
    const given = { streamId: camera.streamId, cameraId: camera.id, givenName: 'Left, low', revision: 0 };
    expect(await one.record.admin.saveCamera(given, actBy('dora'))).toEqual({
      ok: true,
      value: { ...camera, givenName: 'Left, low', revision: 1 },
    });
    expect(code(await one.record.admin.saveCamera(given, actBy('otto')))).toBe('conflict');
    await until(() => told.includes('camera'), 3_000);
    // What the camera system says again does not undo it.
    const renamed = { ...hello.info, cameras: [{ id: 'F1L', side: 'left', name: 'Left 2' }] } as const;
    await storeEntries(database.userUrl, [{ ...hello, info: renamed }]);
    expect(valueOf(await one.record.admin.listCameras({ limit: 1 })).items[0]).toMatchObject({
      name: 'Left 2',
      givenName: 'Left, low',
    });
    expect(await auditOf('camera.save')).toMatchObject([
      { before: { givenName: null }, after: { givenName: 'Left, low' } },
    ]);
  });

  test('a camera’s history comes in pages, newest first', async () => {
    const [camera] = valueOf(await one.record.admin.listCameras({ limit: 1 })).items;
    if (!camera) throw new Error('no camera');
    await asOwner(
      `insert into vicore.camera_status (stream_id, camera_id, status, at, received_at, workstation)
         select $1, $2, (array['ok', 'offline'])[1 + n % 2], now() + make_interval(mins => n), now(), 'WS' from generate_series(1, 5) n`,
      [camera.streamId, camera.id],
    );
    const { streamId, id: cameraId } = camera;
    const first = valueOf(await one.record.admin.cameraHistory({ streamId, cameraId, limit: 3 }));
    const rest = valueOf(
      await one.record.admin.cameraHistory({ streamId, cameraId, limit: 200, cursor: first.cursor }),
    );
    const times = [...first.items, ...rest.items].map(({ at }) => at);
    expect(times.length).toBeGreaterThanOrEqual(5);
    expect(times.slice(0, 5)).toEqual(times.slice(0, 5).toSorted((a, b) => b - a));
    expect(valueOf(await one.record.admin.listCameras({ limit: 1 })).items[0]).toMatchObject({
      status: 'offline',
    });
  });
});

describe('settings', () => {
  test.each(Object.entries(settings))(
    '%s keeps its bounds in the database too',
    async (name, { least, most }) => {
      const key = name as SettingKey;
      const save = (value: number, revision: number) =>
        one.record.admin.saveSetting({ key, value, reason: 'why', revision }, actBy('dora'));
      expect(code(await save(least - 1, 0))).toBe('invalid-input');
      expect(code(await save(most + 1, 0))).toBe('invalid-input');
      expect(valueOf(await save(least, 0))).toMatchObject({
        key,
        value: least,
        updatedBy: 'dora',
        reason: 'why',
        revision: 1,
      });
      expect(await save(most, 0)).toMatchObject({
        error: { code: 'conflict', details: { current: { value: least } } },
      });
      expect(valueOf(await save(most, 1))).toMatchObject({ value: most, revision: 2 });
      expect(valueOf(await other.record.admin.readSettings())).toMatchObject([{ key, value: most }]);
      expect(await auditOf('setting.save')).toMatchObject([
        { before: null, after: { value: least, reason: 'why' } },
        { before: { value: least }, after: { value: most } },
      ]);
      await until(() => told.includes('setting'), 3_000);
    },
  );
});

test('months of measurements beyond the retention are dropped and audited; the rest stays', async () => {
  const month = (ago: number): Promise<{ name: string }[]> =>
    asOwner(
      `select 'vehicle_record_' || to_char(date_trunc('month', now() at time zone 'UTC') - make_interval(months => $1), 'YYYY_MM') as name`,
      [ago],
    );
  await asOwner(`select vicore.ensure_partitions(now() - interval '6 months', now())`);
  await asOwner(
    `insert into vicore.vehicle_record select gen_random_uuid(), date_trunc('month', now() at time zone 'UTC')
       - interval '4 months' + interval '3 days', index, identified, contradicted, vehicle_number, vehicle_type, axles,
       leading_end, state, blank_count, height_cmm, relative_cmm, confidence, defect, defect_confidence, spring_state,
       image_id, camera_id, measured_at, blind_sides, work from vicore.vehicle_record limit 5`,
  );
  const rows = async (): Promise<number> => (await asOwner('select from vicore.vehicle_record')).length;
  const before = await rows();
  await withClient(database.userUrl, (client) => client.query('select vicore.maintain()'));
  expect(await rows()).toBe(before);
  valueOf(
    await one.record.admin.saveSetting(
      { key: 'retention.measurementMonths', value: 3, reason: 'x', revision: 0 },
      actBy('dora'),
    ),
  );
  await withClient(database.userUrl, (client) => client.query('select vicore.maintain()'));
  expect(await rows()).toBe(before - 5);
  const dropped = await auditOf('retention.drop');
  const [[four], [three]] = await Promise.all([month(4), month(3)]);
  expect(dropped.find(({ entity_id }) => entity_id === four?.name)).toMatchObject({
    after: { rows: 5, months: 3 },
  });
  expect(dropped.map(({ entity_id }) => entity_id)).not.toContain(three?.name);
  expect(await asOwner('select to_regclass($1) is not null as there', [`vicore.${three?.name}`])).toEqual([
    { there: true },
  ]);
  expect(await asOwner('select * from vicore.verify_audit()')).toEqual([]);
});

test('workstations are listed with who is there and who writes', async () => {
  await until(async () => {
    const { items } = valueOf(await one.record.admin.listWorkstations({ limit: 10 }));
    return items.some(({ writer }) => writer);
  }, 10_000);
  const { items } = valueOf(await one.record.admin.listWorkstations({ limit: 10 }));
  expect(items.map(({ name, person }) => [name, person])).toEqual([
    ['WS-1', undefined],
    ['WS-2', 'Otto'],
  ]);
  expect(items.filter(({ writer }) => writer)).toHaveLength(1);
  expect(items[0]?.lastSeenAt).toBeGreaterThan(Date.now() - 30_000);
});

test('the panel asks on a connection of its own: an act never waits behind it (fault 17)', async () => {
  valueOf(await one.record.admin.listUsers({ limit: 1 }));
  const names = await asOwner<{ name: string }>(
    `select application_name as name from pg_stat_activity where application_name like 'vicore%WS-1' order by 1`,
  );
  expect(names.map(({ name }) => name)).toContain('vicore panel WS-1');
  await withClient(database.ownerUrl, async (holder) => {
    await holder.query('begin');
    await holder.query('lock table vicore.threshold_set in access exclusive mode');
    const waiting = one.record.admin.listThresholds({ limit: 1 });
    const missing = '00000000-0000-4000-8000-000000000000';
    const started = performance.now();
    expect(code(await one.record.passes.confirm(missing, undefined, actBy('dora')))).toBe('not-found');
    expect(performance.now() - started).toBeLessThan(2_000);
    await holder.query('rollback');
    expect(code(await waiting)).toBe('ok');
  });
  await one.record.stop();
  expect(await asOwner(`select from pg_stat_activity where application_name like 'vicore%WS-1'`)).toEqual([]);
});

test('the log leads from a call to its statement', async () => {
  const act = actBy('dora');
  await one.record.admin.saveSetting({ key: 'cache.days', value: 5, reason: 'x', revision: 0 }, act);
  const line = one.log.find((text) => text.startsWith('statement ') && text.includes(act.correlationId));
  expect(JSON.parse(line?.slice('statement '.length) ?? '{}')).toEqual({
    correlationId: act.correlationId,
    statement: 'save_setting',
    milliseconds: expect.any(Number),
  });
});

test('without the database the panel is told so', async () => {
  await postgres.server.stop('immediate');
  await until(() => one.health()?.state !== 'connected', 15_000);
  const results = [
    await one.record.admin.listUsers({ limit: 1 }),
    await one.record.admin.saveSetting(
      { key: 'cache.days', value: 5, reason: 'x', revision: 0 },
      actBy('dora'),
    ),
    await one.record.audit.auditHead(),
    await one.record.persons.findPerson('dora'),
  ];
  expect(results.map(code)).toEqual(['database-away', 'database-away', 'database-away', 'database-away']);
  await postgres.server.start();
  await until(() => one.health()?.state === 'connected', 20_000);
  expect(code(await one.record.admin.listUsers({ limit: 1 }))).toBe('ok');
}, 60_000);
