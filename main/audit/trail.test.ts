import { describe, expect, test } from 'vitest';
import { failure, success } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { NewAuditEntry } from './entry.ts';
import type { AuditEntry, AuditOutbox, SharedAudit } from './ports.ts';
import { createAuditTrail } from './trail.ts';

const entry = (number: number): NewAuditEntry => ({
  at: number,
  actor: 'Anna',
  subject: 'anna',
  role: 'operator',
  workstation: 'W-1',
  action: 'session.lock',
  entity: 'session',
  entityId: '',
  correlationId: `c-${number}`,
});

/** Everything that is under way has ended: these fakes answer in microtasks. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp(kept: AuditEntry[] = []) {
  const disk = { rows: kept, broken: false };
  const record = {
    rows: [] as AuditEntry[],
    refuse: (_entry: AuditEntry): ErrorCode | undefined => undefined,
  };
  const faults: string[] = [];
  const lines: unknown[] = [];
  const onDisk = <T>(work: () => T): Promise<T> =>
    disk.broken ? Promise.reject(new Error('disk-full')) : Promise.resolve(work());
  const outbox: AuditOutbox = {
    keepAudit: (entries) => onDisk(() => void disk.rows.push(...entries)),
    pendingAudit: (limit) => Promise.resolve(disk.rows.slice(0, limit)),
    removeAudit: (ids) =>
      onDisk(() => {
        disk.rows = disk.rows.filter(({ entryId }) => !ids.includes(entryId));
      }),
  };
  const shared: SharedAudit = {
    writeAudit(entries) {
      for (const one of entries) {
        const code = record.refuse(one);
        if (code) return Promise.resolve(failure(code, `refused ${one.at}`));
      }
      const known = new Set(record.rows.map(({ entryId }) => entryId));
      record.rows.push(...entries.filter(({ entryId }) => !known.has(entryId)));
      return Promise.resolve(success(undefined));
    },
  };
  let id = kept.length;
  const create = () =>
    createAuditTrail({
      outbox,
      shared,
      newId: () => `id-${(id += 1)}`,
      onFault: (message, fields) => {
        faults.push(message);
        lines.push(fields);
      },
    });
  return { disk, record, faults, lines, create };
}

const times = (rows: readonly AuditEntry[]): number[] => rows.map(({ at }) => at);

describe('the trail', () => {
  test('writes what others put in the outbox when it is told of it', async () => {
    const { create, disk, record } = setUp();
    const trail = create();
    trail.flush();
    await settle();
    disk.rows.push({ entryId: 'found', ...entry(7) });
    trail.flush();
    await settle();
    expect(record.rows).toEqual([]);
    trail.found();
    await settle();
    expect(times(record.rows)).toEqual([7]);
    expect(disk.rows).toEqual([]);
  });

  test('writes what is recorded, once and in order, and keeps nothing', async () => {
    const { create, disk, record, faults } = setUp();
    const trail = create();
    for (let number = 1; number <= 450; number += 1) trail.record(entry(number));
    await settle();
    expect(times(record.rows)).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
    expect(new Set(record.rows.map(({ entryId }) => entryId)).size).toBe(450);
    expect(disk.rows).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('keeps everything while the database is away, over a restart too', async () => {
    const { create, disk, record, faults } = setUp();
    record.refuse = () => 'database-away';
    const trail = create();
    trail.record(entry(1));
    trail.record(entry(2));
    await trail.settled();
    expect(times(disk.rows)).toEqual([1, 2]);

    const again = create();
    again.record(entry(3));
    await settle();
    record.refuse = () => undefined;
    again.flush();
    await settle();
    expect(times(record.rows)).toEqual([1, 2, 3]);
    expect(disk.rows).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('sends an answer that got lost again, and the record has it once', async () => {
    const { create, disk, record } = setUp();
    const trail = create();
    record.refuse = (one) => {
      if (record.rows.includes(one)) return undefined;
      record.rows.push(one);
      return 'database-away';
    };
    trail.record(entry(1));
    await settle();
    trail.flush();
    await settle();
    expect(times(record.rows)).toEqual([1]);
    expect(disk.rows).toEqual([]);
  });

  test('is durable at once, however long the database takes', async () => {
    const { disk } = setUp();
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const slow = createAuditTrail({
      outbox: {
        keepAudit: (entries) => Promise.resolve(void disk.rows.push(...entries)),
        pendingAudit: (limit) => Promise.resolve(disk.rows.slice(0, limit)),
        removeAudit: () => Promise.resolve(void disk.rows.splice(0)),
      },
      shared: { writeAudit: () => answered.then(() => success(undefined)) },
      newId: () => `slow-${disk.rows.length}`,
      onFault: () => undefined,
    });
    slow.record(entry(1));
    await settle();
    slow.record(entry(2));
    await settle();
    expect(times(disk.rows)).toEqual([1, 2]);
    answer();
  });

  test('with a disk that takes nothing logs the entry, and writes it when the database is there', async () => {
    const { create, disk, record, lines } = setUp();
    record.refuse = () => 'database-away';
    disk.broken = true;
    const trail = create();
    trail.record(entry(1));
    trail.record(entry(2));
    await settle();
    expect(lines.flatMap((line) => times((line as { entries: AuditEntry[] }).entries))).toEqual([1, 2]);
    record.refuse = () => undefined;
    trail.flush();
    await settle();
    expect(times(record.rows)).toEqual([1, 2]);
  });

  test('keeps them in their order when the disk has room again', async () => {
    const { create, disk, record } = setUp();
    record.refuse = () => 'database-away';
    disk.broken = true;
    const trail = create();
    trail.record(entry(1));
    await settle();
    disk.broken = false;
    trail.record(entry(2));
    await settle();
    expect(times(disk.rows)).toEqual([1, 2]);
  });

  test('goes on past an entry that is refused for good, and logs it', async () => {
    const { create, disk, record, lines } = setUp();
    record.refuse = (one) => (one.at === 2 ? 'invalid-input' : undefined);
    const trail = create();
    for (const number of [1, 2, 3]) trail.record(entry(number));
    await settle();
    expect(times(record.rows)).toEqual([1, 3]);
    expect(disk.rows).toEqual([]);
    expect(lines).toMatchObject([{ entry: { at: 2 } }]);
  });

  test('waits where the record refuses for another reason, and says so once', async () => {
    const { create, disk, record, faults } = setUp();
    record.refuse = () => 'internal';
    const trail = create();
    trail.record(entry(1));
    await settle();
    for (let beat = 0; beat < 5; beat += 1) {
      trail.flush();
      await settle();
    }
    expect(times(disk.rows)).toEqual([1]);
    expect(faults).toEqual(['audit entries could not be written; they are tried again']);
  });
});
