import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import path from 'node:path';
import { migrate, readMigrations } from '../../main/postgres/migrate.ts';
import { createRecordReads } from '../../main/postgres/record-reads.ts';
import { defaultThresholds } from '../../main/springs/thresholds.ts';
import { schemaVersion } from '../../main/postgres/schema-version.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { storedRecording, storeEntries } from './postgres-recording.ts';
import { actBy, register, withClient } from './postgres-support.ts';

const migrations = path.join(import.meta.dirname, '../../resources/migrations');

let postgres: TestPostgres;
let database: FreshDatabase;
beforeAll(async () => {
  postgres = await startTestPostgres();
  database = await postgres.fresh();
  await storedRecording(database.userUrl, 'rough');
  await register(database.userUrl, 'ann');
}, 60_000);
afterAll(() => postgres.end());

const refused = (url: string, statement: string): Promise<string> =>
  withClient(url, async (client) => {
    const error: unknown = await client.query(statement).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof Error ? error.message : 'accepted';
  });

/** docs/database.md: what integrators may rely on. */
const documented: Readonly<Record<string, string>> = {
  train_pass:
    'id, train_number, site, track, direction, stream_id, started_at, ended_at, vehicle_count, speed_kmh, status, aborted, state, threshold_version, confirmed_by, confirmed_at, notes, reopened',
  pass_vehicle:
    'pass_id, index, vehicle_number, vehicle_type, axles, leading_end, state, blank_count, identified',
  spring_measurement:
    'pass_id, vehicle_index, position, measured_at, height_mm, confidence, defect, state, image_id, camera_id',
  alert:
    'id, pass_id, vehicle_index, position, rule, severity, state, value, limit_value, raised_at, received_at, acknowledged_by, acknowledged_at, comment, shelved_until, escalated_at, verdict',
  alert_event: 'alert_id, at, actor, workstation, kind, details',
  threshold_set: 'version, effective_at, created_by, reason, rules',
  vehicle_type: 'code, name, axles, layout',
  camera: 'id',
  camera_status: 'camera_id, status, at',
  app_user: 'id, subject, display_name, email, role, active, last_login_at',
  audit_log:
    'id, at, actor, role, workstation, action, entity, entity_id, before, after, correlation_id, previous_hash, hash',
  rejected_message: 'stream_id, seq, at, reason, text',
  stream_position: 'stream_id, last_seq, updated_at, workstation',
};

describe('the schema', () => {
  test.each(Object.entries(documented))(
    '%s can be selected from, with its columns',
    async (relation, columns) => {
      const found = await withClient(database.userUrl, (client) =>
        client.query(`select ${columns} from vicore.${relation} limit 1`),
      );
      expect(found.fields.map(({ name }) => name).join(', ')).toBe(columns);
    },
  );

  test('migrating again changes nothing, and a changed migration is refused', async () => {
    const known = await readMigrations(migrations);
    expect(known).toHaveLength(schemaVersion);
    expect(await migrate(database.ownerUrl, known, { user: database.user })).toMatchObject({ applied: [] });
    const altered = known.map((one) => (one.version === 2 ? { ...one, checksum: 'other' } : one));
    await expect(migrate(database.ownerUrl, altered, undefined)).rejects.toThrow('was changed after');
    await expect(migrate(database.ownerUrl, known.slice(1), undefined)).rejects.toThrow('newer program');
  });

  test('default thresholds are in force since the beginning of time', async () => {
    const sets = await withClient(database.userUrl, (client) => createRecordReads(() => client).thresholds());
    expect(sets).toEqual([defaultThresholds]);
  });

  test('a month without a partition is stored all the same, and moves into its own later', async () => {
    const rows = await withClient(database.ownerUrl, async (client) => {
      const where = `select tableoid::regclass::text as place, count(*)::int as rows from vicore.vehicle_record
        where started_at >= '2031-05-01' group by 1`;
      await client.query(`insert into vicore.vehicle_record select (gen_random_uuid()), '2031-05-06', index, identified,
        contradicted, vehicle_number, vehicle_type, axles, leading_end, state, blank_count, height_cmm, relative_cmm,
        confidence, defect, defect_confidence, spring_state, image_id, camera_id, measured_at, blind_sides, work
        from vicore.vehicle_record limit 3`);
      const before = await client.query<{ place: string; rows: number }>(where);
      await client.query(`select vicore.ensure_partitions('2031-05-01', '2031-05-02')`);
      const after = await client.query<{ place: string; rows: number }>(where);
      await client.query(`delete from vicore.vehicle_record where started_at >= '2031-05-01'`);
      return [...before.rows, ...after.rows];
    });
    expect(rows).toEqual([
      { place: 'vicore.vehicle_record_default', rows: 3 },
      { place: 'vicore.vehicle_record_2031_05', rows: 3 },
    ]);
  });
});

describe('the workstations’ role', () => {
  test.each([
    'update vicore.audit_log set actor = null',
    'delete from vicore.audit_log',
    'truncate vicore.audit_log',
    `insert into vicore.audit_log select * from vicore.audit_log`,
    'update vicore.alert_event set actor = null',
    'delete from vicore.alert_event',
    `update vicore.vehicle_record set state = 'ok'`,
    'delete from vicore.vehicle_record',
    'update vicore.spring_measurement set height_mm = 1',
    `update vicore.train_pass set status = 'confirmed'`,
    `update vicore.alert set state = 'closed'`,
    `insert into vicore.threshold_set values (2, now(), 'me', 'why', '{}')`,
    'update vicore.stream_position set last_seq = 0',
    `insert into vicore.alert_event (alert_id, at, actor, workstation, kind) select id, now(), 'x', 'x', 'x' from vicore.alert`,
    `set vicore.pseudonymising = on; update vicore.audit_log set actor = 'x'`,
    `set vicore.pseudonymising = on; update vicore.alert_event set actor = 'x'`,
    'delete from vicore.audit_rewrite',
    'delete from vicore.audit_entry_received',
    `update vicore.app_user set role_override = 'admin'`,
    `insert into vicore.app_user (subject, display_name, role) values ('me', 'Me', 'admin')`,
    'delete from vicore.app_user',
    'update vicore.user_right set active = true',
    'delete from vicore.user_name',
    `update vicore.threshold_set set rules = '{}'`,
    'delete from vicore.threshold_set',
    `insert into vicore.setting values ('cache.days', 1, 'x', now(), 'x')`,
    'update vicore.vehicle_type set axles = 2',
    `update vicore.camera set given_name = 'x'`,
    'delete from vicore.site',
    `select vicore.require_role('{"subject":"ann"}', 'operator', false)`,
    `select vicore.write_audit('{"actor":"me"}', 'alert.acknowledge', 'alert', 'x', null, null)`,
    `select vicore.first_admin('me', 'here')`,
    'select vicore.drop_old_months()',
    'create table vicore.mine (id int)',
    'alter table vicore.alert add column mine int',
    'drop view vicore.pass_vehicle',
    'alter table vicore.audit_log disable trigger all',
    `select vicore.ensure_partitions(now(), now())`,
    `select vicore.grant_workstation('postgres')`,
  ])('may not: %s', async (statement) => {
    expect(await refused(database.userUrl, statement)).toMatch(
      /permission denied|must be owner|cannot update view/,
    );
  });

  test('cannot acknowledge by storing a batch', async () => {
    const id = await withClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `select id from vicore.alert where state = 'active-unacknowledged' limit 1`,
      );
      return rows[0]?.id ?? '';
    });
    const batch = { alerts: [{ id, state: 'closed' }] };
    const statement = `select vicore.store_batch('X', '[]', '[]', '${JSON.stringify(batch)}')`;
    expect(await refused(database.userUrl, statement)).toContain('cannot acknowledge');
  });
});

describe('the audit log', () => {
  test.each([
    'update vicore.audit_log set actor = null',
    'delete from vicore.audit_log',
    'truncate vicore.audit_log',
  ])('refuses its owner too: %s', async (statement) => {
    await withClient(database.userUrl, async (client) => {
      const act = JSON.stringify(actBy('ann'));
      await client.query(
        `select vicore.acknowledge_alert(id, null, null, $1, false) from vicore.alert
             where state = 'active-unacknowledged' limit 1`,
        [act],
      );
    });
    expect(await refused(database.ownerUrl, statement)).toContain('append-only');
  });

  test('names the row that was altered, the row that is missing, and the missing tail', async () => {
    const other = await postgres.fresh();
    await storedRecording(other.userUrl, 'plain');
    await register(other.userUrl, 'ann');
    await withClient(other.ownerUrl, async (client) => {
      await client.query(
        `select vicore.acknowledge_alert(id, 'a', null, $1, false) from (select id from vicore.alert
           where state = 'active-unacknowledged' limit 5) a`,
        [JSON.stringify(actBy('ann'))],
      );
      const broken = async (): Promise<unknown> =>
        (await client.query('select broken_id::int as id, problem from vicore.verify_audit()')).rows;
      expect(await broken()).toEqual([]);
      // As somebody with every right over the database would do it.
      const tampering = async (statement: string): Promise<unknown> => {
        await client.query('begin');
        await client.query('alter table vicore.audit_log disable trigger all');
        await client.query(statement);
        const found = await broken();
        await client.query('rollback');
        return found;
      };
      expect(await tampering(`update vicore.audit_log set actor = 'x' where id = 3`)).toEqual([
        { id: 3, problem: 'altered' },
      ]);
      expect(await tampering('delete from vicore.audit_log where id = 2')).toEqual([
        { id: 2, problem: 'missing' },
      ]);
      expect(await tampering('delete from vicore.audit_log where id > 3')).toEqual([
        { id: 4, problem: 'the tail is missing' },
      ]);
    });
  });
});

test('strings that PostgreSQL cannot hold are stored legibly, hostile ones as they are', async () => {
  const other = await postgres.fresh();
  const entries = [
    {
      kind: 'stream',
      streamId: 'x',
      receivedAt: 1,
      info: { streamId: 'x', site: 'S', track: 'T', cameras: [] },
    },
    { kind: 'rejected', streamId: 'x', receivedAt: 2, seq: 1, reason: 'not JSON', text: 'a\u0000b\ud800c' },
    {
      kind: 'rejected',
      streamId: 'x',
      receivedAt: 3,
      reason: 'no seq',
      text: `'); drop table vicore.alert; --`,
    },
    {
      kind: 'rejected',
      streamId: 'x',
      receivedAt: 3,
      reason: 'no seq',
      text: `'); drop table vicore.alert; --`,
    },
  ] as const;
  await storeEntries(other.userUrl, entries);
  await storeEntries(other.userUrl, entries);
  const { rows } = await withClient(other.userUrl, (client) =>
    client.query('select seq::int, text from vicore.rejected_message order by id'),
  );
  expect(rows).toEqual([
    { seq: 1, text: 'a\u2400b\ufffdc' },
    { seq: null, text: `'); drop table vicore.alert; --` },
  ]);
});
