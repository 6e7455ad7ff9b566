import { describe, expect, test } from 'vitest';
import { failure, success } from '../../contract/errors.ts';
import type { AuditBreak } from '../../contract/results.ts';
import type { NewAuditEntry } from './entry.ts';
import type { Anchors, AuditMark, AuditReads } from './ports.ts';
import { createVerification } from './verification.ts';

const act = {
  actor: 'Sophie Lambert',
  subject: 'sophie',
  role: 'supervisor',
  workstation: 'W-1',
  at: 5,
  correlationId: 'c-1',
};
const hashOf = (id: number): string => id.toString(16).padStart(64, '0');

function setUp(rows: number, known: readonly number[] = []) {
  const log = { rows, away: false, broken: undefined as AuditBreak | undefined, other: new Set<number>() };
  const file: (AuditMark & { at: number })[] = known.map((id) => ({ id, hash: hashOf(id), at: 1 }));
  const anchors: Anchors = {
    add: (anchor) => Promise.resolve(void file.push(anchor)),
    all: () => Promise.resolve([...file]),
  };
  const markOf = (id: number): AuditMark => ({ id, hash: log.other.has(id) ? 'f'.repeat(64) : hashOf(id) });
  const reads: AuditReads = {
    listAudit: () => Promise.resolve(success({ items: [] })),
    auditHead: () => Promise.resolve(success(markOf(log.rows))),
    auditMarks: (ids) => Promise.resolve(success(ids.filter((id) => id <= log.rows).map(markOf))),
    verifyAudit(after, count) {
      if (log.away) return Promise.resolve(failure('database-away', 'away'));
      const last = Math.min(log.rows, (after?.id ?? 0) + count);
      const broken = log.broken && log.broken.id <= last ? log.broken : undefined;
      return Promise.resolve(success({ last: markOf(last), ended: last === log.rows, broken }));
    },
  };
  const entries: NewAuditEntry[] = [];
  let id = 0;
  const verification = createVerification({
    reads,
    anchors,
    trail: { record: (entry) => entries.push(entry) },
    now: () => 1_000,
    newId: () => `run-${(id += 1)}`,
    onFault: (error) => expect.unreachable(String(error)),
  });
  /** Portions, to the end. */
  async function whole() {
    const answers = [];
    let cursor: string | undefined;
    do {
      const result = await verification.verify(cursor, act);
      if (!result.ok) throw new Error(result.error.message);
      answers.push(result.value);
      cursor = result.value.cursor;
    } while (cursor !== undefined);
    return answers;
  }
  return { verification, whole, entries, log, file };
}

describe('a verification', () => {
  test('goes in portions, compares the anchors, records its outcome and anchors the head', async () => {
    const { whole, entries, file } = setUp(4_500, [3, 2_500, 4_500]);
    const answers = await whole();
    expect(answers.map(({ checked, total, anchors }) => [checked, total, anchors])).toEqual([
      [2_000, 4_500, 1],
      [4_000, 4_500, 2],
      [4_500, 4_500, 3],
    ]);
    expect(answers.at(-1)).toEqual({ checked: 4_500, total: 4_500, anchors: 3, broken: undefined });
    expect(entries).toMatchObject([
      {
        action: 'audit.verify',
        actor: 'Sophie Lambert',
        after: { outcome: 'whole', checked: 4_500, anchors: 3 },
      },
    ]);
    expect(file.at(-1)).toEqual({ id: 4_500, hash: hashOf(4_500), at: 1_000 });
  });

  test('names the first broken row and stops there', async () => {
    const { whole, entries, log, file } = setUp(9_000);
    log.broken = { id: 2_345, problem: 'altered' };
    const answers = await whole();
    expect(answers).toHaveLength(2);
    expect(answers[1]).toMatchObject({ broken: { id: 2_345, problem: 'altered' } });
    expect(answers[1]?.cursor).toBeUndefined();
    expect(entries).toMatchObject([{ after: { outcome: 'broken', broken: { id: 2_345 } } }]);
    expect(file).toEqual([]);
  });

  test('finds a chain that was written anew from a row on, by the first anchor', async () => {
    const { whole, log } = setUp(3_000, [100, 700, 900, 2_000]);
    for (let id = 650; id <= 3_000; id += 1) log.other.add(id);
    expect(await whole()).toMatchObject([{ broken: { id: 700, problem: 'differs-from-anchor' } }]);
  });

  test('finds a tail that was cut off together with the head', async () => {
    const { whole } = setUp(90, [50, 95]);
    expect(await whole()).toMatchObject([{ broken: { id: 91, problem: 'tail-missing' } }]);
    const { whole: all } = setUp(0, [95]);
    expect(await all()).toMatchObject([{ broken: { id: 1, problem: 'tail-missing' } }]);
  });

  test('names what comes first, a broken row or an anchor', async () => {
    const { whole, log } = setUp(100, [10, 80]);
    log.other.add(10);
    log.broken = { id: 50, problem: 'missing' };
    expect(await whole()).toMatchObject([{ broken: { id: 10, problem: 'differs-from-anchor' } }]);
    const second = setUp(100, [80]);
    second.log.other.add(80);
    second.log.broken = { id: 50, problem: 'missing' };
    expect(await second.whole()).toMatchObject([{ broken: { id: 50, problem: 'missing' } }]);
  });

  test('of an empty log is whole', async () => {
    const { whole, file } = setUp(0);
    expect(await whole()).toEqual([{ checked: 0, total: 0, anchors: 0, broken: undefined }]);
    expect(file).toEqual([]);
  });

  test('can be asked again after the database was away, and believes no cursor of another', async () => {
    const { verification, log } = setUp(5_000);
    const first = await verification.verify(undefined, act);
    if (!first.ok) throw new Error(first.error.message);
    log.away = true;
    expect(await verification.verify(first.value.cursor, act)).toMatchObject({
      error: { code: 'database-away' },
    });
    log.away = false;
    expect(await verification.verify(first.value.cursor, act)).toMatchObject({ value: { checked: 4_000 } });
    expect(await verification.verify('forged', act)).toMatchObject({ error: { code: 'invalid-input' } });
  });
});
