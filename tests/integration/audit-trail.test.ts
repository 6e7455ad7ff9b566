import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewAuditEntry } from '../../main/audit/entry.ts';
import { createAuditExports } from '../../main/audit/export.ts';
import { createAuditTrail } from '../../main/audit/trail.ts';
import type { AuditTrail } from '../../main/audit/trail.ts';
import { createVerification } from '../../main/audit/verification.ts';
import { fileAnchors } from '../../main/files/anchors.ts';
import { openAuditFile } from '../../main/files/audit-export.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { testStore } from '../shared/local-store.ts';
import type { TestStore } from '../shared/local-store.ts';
import { startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { until } from '../shared/until.ts';
import { settingsOf, startWorkstation, withClient } from './postgres-support.ts';
import type { Workstation } from './postgres-support.ts';

/* The audit trail from what happens to the proof of it: real SQLite, real PostgreSQL, real files. */

let postgres: TestPostgres;
let database: FreshDatabase;
let place: TestStore;

beforeAll(async () => {
  postgres = await startTestPostgres({ synchronous_commit: 'on' });
}, 60_000);
afterAll(() => postgres.end());

beforeEach(async () => {
  database = await postgres.fresh();
  place = testStore();
  return async () => {
    place.remove();
    await database.drop();
  };
}, 30_000);

const supervisor = {
  actor: 'Sophie Lambert',
  subject: 'sophie',
  role: 'supervisor',
  workstation: 'WS-1',
  at: Date.UTC(2026, 10, 21),
  correlationId: 'c-proof',
};

const entry = (number: number): NewAuditEntry => ({
  ...supervisor,
  actor: 'Alan Martin',
  action: 'session.lock',
  entity: 'session',
  entityId: String(number),
  after: { number },
  correlationId: `c-${number}`,
});

interface Running {
  readonly store: LocalStore;
  readonly trail: AuditTrail;
  readonly workstation: Workstation;
  readonly faults: string[];
  end(): Promise<void>;
}

/** As compose puts it together. */
async function start(): Promise<Running> {
  const store = await place.open();
  const faults: string[] = [];
  let connected = (): void => undefined;
  const workstation = startWorkstation({
    name: 'WS-1',
    settings: settingsOf(database),
    listeners: { onConnected: () => connected() },
  });
  const trail = createAuditTrail({
    outbox: store,
    shared: workstation.record.audit,
    newId: randomUUID,
    onFault: (message) => faults.push(message),
  });
  connected = () => trail.flush();
  return {
    store,
    trail,
    workstation,
    faults,
    async end() {
      await trail.settled();
      await workstation.record.stop();
      await store.close();
    },
  };
}

const asOwner = (...statements: string[]): Promise<void> =>
  withClient(database.ownerUrl, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

/** The numbers of our entries in the log, in its order. */
const logged = (): Promise<number[]> =>
  withClient(database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ number: number }>(
      `select entity_id::int as number from vicore.audit_log where action = 'session.lock' order by id`,
    );
    return rows.map(({ number }) => number);
  });

const isConnected = (running: Running) => () => running.workstation.health()?.state === 'connected';

test('what happens while the database is away is written when it is back: once, in order, over restarts', async () => {
  await postgres.server.stop();
  const first = await start();
  for (const number of [1, 2, 3]) first.trail.record(entry(number));
  await first.trail.settled();
  expect((await first.store.pendingAudit(100)).map(({ entityId }) => entityId)).toEqual(['1', '2', '3']);
  await first.end();

  const second = await start();
  second.trail.record(entry(4));
  second.trail.flush();
  await second.trail.settled();
  expect(await second.store.pendingAudit(100)).toHaveLength(4);

  await postgres.server.start();
  await until(isConnected(second), 30_000);
  second.trail.record(entry(5));
  await until(async () => (await second.store.pendingAudit(1)).length === 0, 10_000);
  expect(await logged()).toEqual([1, 2, 3, 4, 5]);
  expect(second.faults).toEqual([]);
  await second.end();

  const third = await start();
  await until(isConnected(third), 10_000);
  third.trail.record(entry(6));
  await until(async () => (await logged()).length > 5, 10_000);
  expect(await logged()).toEqual([1, 2, 3, 4, 5, 6]);
  await third.end();
}, 90_000);

test('a server that dies between the commit and its answer leaves each entry once', async () => {
  const running = await start();
  await until(isConnected(running), 10_000);
  for (let number = 1; number <= 300; number += 1) running.trail.record(entry(number));
  await until(async () => (await logged()).length > 0, 10_000);
  await postgres.server.stop('immediate');
  for (let number = 301; number <= 310; number += 1) running.trail.record(entry(number));
  await postgres.server.start();
  await until(async () => (await running.store.pendingAudit(1)).length === 0, 30_000);
  expect(await logged()).toEqual(Array.from({ length: 310 }, (_, index) => index + 1));
  await running.end();
}, 90_000);

describe('the proof', () => {
  async function verified(running: Running) {
    const verification = createVerification({
      reads: running.workstation.record.audit,
      anchors: fileAnchors({
        file: join(place.directory, 'audit-anchors.jsonl'),
        onDamaged: (line) => expect.unreachable(`line ${line} is damaged`),
      }),
      trail: running.trail,
      now: Date.now,
      newId: randomUUID,
      onFault: (error) => expect.unreachable(String(error)),
    });
    let cursor: string | undefined;
    for (;;) {
      const result = await verification.verify(cursor, supervisor);
      if (!result.ok) throw new Error(result.error.message);
      cursor = result.value.cursor;
      if (cursor === undefined) return result.value;
    }
  }

  let running: Running;
  beforeEach(async () => {
    running = await start();
    await until(isConnected(running), 10_000);
    for (let number = 1; number <= 20; number += 1) running.trail.record(entry(number));
    await until(async () => (await logged()).length === 20, 10_000);
    return () => running.end();
  }, 30_000);

  const sqlVerify = () =>
    withClient(
      database.ownerUrl,
      async (client) => (await client.query('select * from vicore.verify_audit()')).rows,
    );

  test('of a whole log is whole, is itself audited, and leaves an anchor', async () => {
    expect(await verified(running)).toMatchObject({ checked: 20, total: 20, anchors: 0, broken: undefined });
    await until(async () => (await running.store.pendingAudit(1)).length === 0, 10_000);
    const again = await verified(running);
    expect(again).toMatchObject({ checked: 21, anchors: 1 });
    const list = await running.workstation.record.audit.listAudit({ limit: 10, action: 'audit.verify' });
    expect(list).toMatchObject({
      value: { items: expect.arrayContaining([expect.objectContaining({ actor: 'Sophie Lambert' })]) },
    });
  });

  test('finds what an owner alters, and names the first row', async () => {
    await asOwner(
      'alter table vicore.audit_log disable trigger all',
      `update vicore.audit_log set actor = 'Nobody' where entity_id in ('7', '12') and action = 'session.lock'`,
    );
    expect(await verified(running)).toMatchObject({ broken: { id: 7, problem: 'altered' } });
  });

  test('finds a tail that an owner cut off with the head set back, by what was kept outside', async () => {
    await verified(running);
    await asOwner(
      'alter table vicore.audit_log disable trigger all',
      'delete from vicore.audit_log where id > 15',
      `update vicore.audit_head set id = 15, hash = (select hash from vicore.audit_log where id = 15)`,
    );
    expect(await sqlVerify()).toEqual([]);
    expect(await verified(running)).toMatchObject({ broken: { id: 16, problem: 'tail-missing' } });
  });

  test('finds a chain that an owner wrote anew without a seam', async () => {
    await verified(running);
    await asOwner(
      'alter table vicore.audit_log disable trigger all',
      `do $$ declare entry vicore.audit_log; previous bytea; begin
         for entry in select * from vicore.audit_log where id >= 5 order by id loop
           if entry.id = 5 then entry.actor := 'Nobody'; previous := entry.previous_hash; end if;
           entry.previous_hash := previous;
           entry.commitment := vicore.audit_commitment(entry);
           entry.hash := vicore.audit_hash(entry);
           previous := entry.hash;
           update vicore.audit_log l set (actor, previous_hash, commitment, hash)
             = (select entry.actor, entry.previous_hash, entry.commitment, entry.hash) where l.id = entry.id;
         end loop;
         update vicore.audit_head set hash = previous;
       end $$`,
    );
    expect(await sqlVerify()).toEqual([]);
    expect(await verified(running)).toMatchObject({ broken: { id: 20, problem: 'differs-from-anchor' } });
  });

  test('can be taken along as a file', async () => {
    const exports = createAuditExports({
      reads: running.workstation.record.audit,
      openFile: openAuditFile,
      trail: running.trail,
      newId: randomUUID,
    });
    const file = join(place.directory, 'audit.jsonl');
    const started = exports.start({ format: 'jsonl', action: 'session.lock' }, file, supervisor);
    if (!started.ok) throw new Error(started.error.message);
    const { exportId } = started.value;
    await until(() => {
      const status = exports.status(exportId);
      return status.ok && status.value.state === 'done';
    }, 10_000);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => Number((JSON.parse(line) as { entityId: string }).entityId))).toEqual(
      Array.from({ length: 20 }, (_, index) => 20 - index),
    );
    await until(async () => (await running.store.pendingAudit(1)).length === 0, 10_000);
    expect(
      await running.workstation.record.audit.listAudit({ limit: 1, action: 'audit.export' }),
    ).toMatchObject({
      value: { items: [{ entityId: exportId, after: { rows: 20, file: 'audit.jsonl', outcome: 'done' } }] },
    });
  });
});
