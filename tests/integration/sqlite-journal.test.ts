import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../main/audit/ports.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import { databaseOpener } from '../../main/sqlite/database.ts';
import { insistOnFull, openJournalFile } from '../../main/sqlite/journal-file.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import { decodeEvent, eventEntry, testStore } from '../shared/local-store.ts';
import type { TestStore } from '../shared/local-store.ts';
import { until } from '../shared/until.ts';

let place: TestStore;
const journalFile = (): string => join(place.directory, 'journal.sqlite');
const setAsideFiles = (): string[] =>
  readdirSync(place.directory).filter((name) => name.includes('.damaged-'));

beforeEach(() => {
  place = testStore();
});
afterEach(() => {
  place.remove();
});

const seqsOf = (entries: readonly { readonly entry: JournalEntry }[]): (number | undefined)[] =>
  entries.map(({ entry }) => ('seq' in entry ? entry.seq : undefined));

describe('what is appended', () => {
  test('comes back as it was, of every kind, also after closing', async () => {
    const entries: JournalEntry[] = [
      {
        kind: 'stream',
        streamId: 's',
        receivedAt: 1,
        info: {
          streamId: 's',
          site: 'Folkestone',
          track: 'T1',
          cameras: [{ id: 'F1L', side: 'left', name: 'L' }],
        },
      },
      eventEntry(1, 's'),
      { kind: 'rejected', streamId: 's', receivedAt: 3, seq: 2, reason: 'type: missing', text: '{"seq":2}' },
      {
        kind: 'rejected',
        streamId: 's',
        receivedAt: 4,
        seq: undefined,
        reason: 'not JSON',
        text: '\u0000<html>',
      },
      { kind: 'gap', streamId: 's', receivedAt: 5, first: 3, seq: 9 },
      { kind: 'camera', streamId: 's', receivedAt: 6, cameraId: 'F1L', status: 'offline', at: 6 },
      { kind: 'link', streamId: 's', receivedAt: 7, state: 'down', reason: 'no pong', at: 7 },
    ];
    const first = await place.open();
    await first.append(entries);
    await first.close();
    const second = await place.open();
    const read = await second.read(0, 100);
    expect(read.map(({ entry }) => entry)).toEqual(entries);
    expect(await second.lastSeqs()).toEqual(new Map([['s', 9]]));
    await second.close();
  });

  test('is stored once, also after it was removed', async () => {
    const store = await place.open();
    await store.append([eventEntry(1), eventEntry(2), eventEntry(3)]);
    await store.append([eventEntry(2), eventEntry(4)]);
    expect(seqsOf(await store.read(0, 100))).toEqual([1, 2, 3, 4]);
    const positions = (await store.read(0, 100)).map(({ position }) => position);
    await store.removeThrough(positions[2] ?? 0);
    await store.append([eventEntry(2), eventEntry(5)]);
    expect(seqsOf(await store.read(0, 100))).toEqual([4, 5]);
    expect(await store.count()).toBe(2);
    await store.removeThrough(Number.MAX_SAFE_INTEGER);
    expect(await store.lastSeqs()).toEqual(new Map([['stream-1', 5]]));
    await store.append([eventEntry(6)]);
    const [later] = await store.read(0, 100);
    expect(later?.position).toBeGreaterThan(positions[3] ?? 0);
    await store.close();
  });

  test('shares a sync with what is appended at the same time', async () => {
    const store = await place.open();
    const before = commitsInLog();
    await Promise.all(Array.from({ length: 400 }, (_, index) => store.append([eventEntry(index + 1)])));
    expect(await store.count()).toBe(400);
    expect(commitsInLog() - before).toBeLessThan(100);
    await store.close();
  });

  /** Frames of the write-ahead log that end a transaction: https://sqlite.org/fileformat2.html#walformat */
  function commitsInLog(): number {
    const log = readFileSync(`${journalFile()}-wal`);
    let commits = 0;
    for (let frame = 32; frame + 24 <= log.length; frame += 24 + 4096) {
      if (log.readUInt32BE(frame + 4) > 0) commits += 1;
    }
    return commits;
  }
});

describe('synchronous=FULL', () => {
  test('reads back 2 on a new file and at each open', () => {
    const open = databaseOpener(undefined);
    for (let round = 0; round < 3; round += 1) {
      const { database } = openJournalFile(open, place.directory, (warning) => place.warnings.push(warning));
      expect(database.pragma('synchronous', { simple: true })).toBe(2);
      database.prepare(`INSERT OR REPLACE INTO setting VALUES ('a', ?)`).run(String(round));
      expect(database.pragma('synchronous', { simple: true })).toBe(2);
      database.close();
    }
  });

  test('is a condition: a journal that would not sync is refused', () => {
    expect(() => {
      insistOnFull({ pragma: () => 1 });
    }).toThrow(/synchronous = 2.*reports 1/);
  });
});

test('kill -9 in the middle of appends loses nothing that was acknowledged', async () => {
  const script = fileURLToPath(new URL('../shared/journal-writer.ts', import.meta.url));
  const child = spawn(process.execPath, [script, place.directory], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, 'exit');
  await until(
    () => said.split('\n').length > 300,
    20_000,
    () => errors,
  );
  child.kill('SIGKILL');
  await ended;
  const acknowledged = said.slice(0, said.lastIndexOf('\n')).split('\n').map(Number);
  const store = await place.open();
  const stored = seqsOf(await store.read(0, 1_000_000));
  expect(stored).toEqual(stored.map((_, index) => index + 1));
  expect(stored.length).toBeGreaterThanOrEqual(Math.max(...acknowledged));
  expect(place.warnings).toEqual([]);
  await store.close();
}, 30_000);

describe('a damaged journal', () => {
  async function filled(count: number): Promise<void> {
    const store = await place.open();
    await store.append(Array.from({ length: count }, (_, index) => eventEntry(index + 1)));
    await store.setSetting('language', 'fr');
    await store.close();
  }

  test('is set aside, its readable rows are saved, and it says so', async () => {
    await filled(2_000);
    const bytes = readFileSync(journalFile());
    bytes.fill(0xff, 40 * 4096, 43 * 4096);
    writeFileSync(journalFile(), bytes);
    const store = await place.open();
    const read = await store.read(0, 10_000);
    const events = read.filter(({ entry }) => entry.kind === 'event');
    expect(events.length).toBeGreaterThan(1_800);
    expect(events.length).toBeLessThan(2_000);
    for (const { entry } of events) {
      if (entry.kind === 'event') expect(entry.event).toEqual(decodeEvent(entry.text));
    }
    expect(place.warnings).toMatchObject([{ key: 'journal-damaged', active: true }]);
    expect(setAsideFiles()[0]).toMatch(/^journal\.sqlite\.damaged-\d{4}-\d\d-\d\dT/);
    expect(await store.getSetting('language')).toBe('fr');
    expect(await store.lastSeqs()).toEqual(new Map([['stream-1', 2_000]]));
    await store.append([eventEntry(2_001)]);
    const last = (await store.read(0, 10_000)).at(-1);
    expect(last?.entry).toEqual(eventEntry(2_001));
    await store.close();
  });

  test('with a byte flipped inside a row gives that row as rejected, with its seq', async () => {
    await filled(10);
    const bytes = readFileSync(journalFile());
    const at = bytes.indexOf('signal at danger 7');
    bytes.write('S', at);
    writeFileSync(journalFile(), bytes);
    const store = await place.open();
    const entries = (await store.read(0, 100)).map(({ entry }) => entry);
    expect(entries.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 6 }, () => 'event'),
      'rejected',
      ...Array.from({ length: 3 }, () => 'event'),
    ]);
    expect(entries[6]).toMatchObject({ seq: 7, reason: expect.stringContaining('damaged') as string });
    expect(place.warnings).toMatchObject([{ key: 'journal-damaged' }]);
    await store.close();
  });

  test('of 0 bytes is replaced', async () => {
    await filled(5);
    truncateSync(journalFile(), 0);
    const store = await place.open();
    expect(await store.count()).toBe(0);
    expect(place.warnings).toMatchObject([{ key: 'journal-damaged' }]);
    await store.append([eventEntry(6)]);
    expect(await store.count()).toBe(1);
    await store.close();
  });

  test('that is not a database at all is replaced', async () => {
    writeFileSync(journalFile(), 'this is not a database, whatever its name says'.repeat(200));
    const store = await place.open();
    await store.append([eventEntry(1)]);
    expect(await store.count()).toBe(1);
    expect(place.warnings).toMatchObject([{ key: 'journal-damaged' }]);
    expect(setAsideFiles()).toHaveLength(1);
    await store.close();
  });

  test('that is deleted while in use is noticed at the next append; nothing is lost', async () => {
    const store = await place.open();
    await store.append([eventEntry(1), eventEntry(2)]);
    for (const suffix of ['', '-wal', '-shm']) rmSync(journalFile() + suffix, { force: true });
    await store.append([eventEntry(3)]);
    expect(existsSync(journalFile())).toBe(true);
    expect(place.warnings).toMatchObject([{ key: 'journal-damaged' }]);
    await store.close();
    const again = await place.open();
    expect(seqsOf(await again.read(0, 100))).toEqual([1, 2, 3]);
    await again.close();
  });
});

test('settings and notification marks are durable', async () => {
  const first = await place.open();
  await first.setSetting('language', 'fr');
  await first.markNotified(['a', 'b']);
  await first.close();
  const second = await place.open();
  expect(await second.getSetting('language')).toBe('fr');
  expect(await second.unnotified(['a', 'c', 'b', 'd'])).toEqual(['c', 'd']);
  await second.setSetting('language', undefined);
  expect(await second.getSetting('language')).toBeUndefined();
  await second.close();
});

describe('the audit outbox', () => {
  const auditEntry = (number: number): AuditEntry => ({
    entryId: `0b9f1c1e-0000-4000-8000-${String(number).padStart(12, '0')}`,
    at: number,
    actor: 'Anna',
    subject: 'anna',
    role: 'operator',
    workstation: 'TEST-01',
    action: 'session.lock',
    entity: 'session',
    entityId: '',
    after: { number },
    correlationId: `c-${number}`,
  });
  const numbers = async (store: LocalStore): Promise<number[]> =>
    (await store.pendingAudit(1_000)).map(({ at }) => at);

  test('survives closing, keeps the order, and has an entry that comes again once', async () => {
    const first = await place.open();
    await first.keepAudit([auditEntry(2), auditEntry(1)]);
    await first.keepAudit([auditEntry(1), auditEntry(3)]);
    await first.close();
    const second = await place.open();
    expect(await second.pendingAudit(2)).toEqual([auditEntry(2), auditEntry(1)]);
    await second.removeAudit([auditEntry(2).entryId, 'unknown']);
    expect(await numbers(second)).toEqual([1, 3]);
    await second.close();
  });

  test('works in a store that can only be in memory', async () => {
    writeFileSync(join(place.directory, 'file'), '');
    const blocked = testStore(join(place.directory, 'file', 'below'));
    const store = await blocked.open();
    expect(blocked.warnings).toMatchObject([{ key: 'store-memory-only' }]);
    await store.keepAudit([auditEntry(1)]);
    expect(await numbers(store)).toEqual([1]);
    await store.close();
  });

  test('is saved from a damaged journal; an entry that is not what was written says so', async () => {
    const store = await place.open();
    await store.keepAudit(Array.from({ length: 20 }, (_, index) => auditEntry(index + 1)));
    await store.append(Array.from({ length: 2_000 }, (_, index) => eventEntry(index + 1)));
    await store.close();
    const bytes = readFileSync(journalFile());
    bytes.fill(0xff, 40 * 4096, 43 * 4096);
    // Wherever the file has it: a page that was split leaves stale copies.
    const text = '"correlationId":"c-7"';
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text)) bytes.write('X', at + 18);
    writeFileSync(journalFile(), bytes);
    const again = await place.open();
    expect(place.warnings).toMatchObject([{ key: 'journal-damaged' }]);
    const pending = await again.pendingAudit(100);
    expect(pending.filter((_, index) => index !== 6)).toEqual(
      Array.from({ length: 20 }, (_, index) => auditEntry(index + 1)).filter((_, index) => index !== 6),
    );
    expect(pending[6]).toMatchObject({ action: 'audit.entry-damaged', entryId: auditEntry(7).entryId });
    await again.close();
  });

  test('is added to a journal of the version before, which stays what it is', async () => {
    const store = await place.open();
    await store.append([eventEntry(1)]);
    await store.setSetting('language', 'fr');
    await store.close();
    const database = databaseOpener(undefined)(journalFile());
    database.exec('DROP TABLE audit_entry; PRAGMA user_version = 1');
    database.close();
    const again = await place.open();
    expect(place.warnings).toEqual([]);
    expect(setAsideFiles()).toEqual([]);
    expect(seqsOf(await again.read(0, 100))).toEqual([1]);
    expect(await again.getSetting('language')).toBe('fr');
    await again.keepAudit([auditEntry(1)]);
    expect(await numbers(again)).toEqual([1]);
    await again.close();
  });
});
