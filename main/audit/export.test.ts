import { describe, expect, test } from 'vitest';
import type { AuditRow } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { NewAuditEntry } from './entry.ts';
import { createAuditExports } from './export.ts';
import type { AuditFile } from './export.ts';
import type { AuditQuery } from './ports.ts';

const act = {
  actor: 'Sophie',
  subject: 'sophie',
  role: 'supervisor',
  workstation: 'W-1',
  at: 5,
  correlationId: 'c',
};
const rowOf = (id: number): AuditRow => ({
  id,
  at: id,
  actor: 'Anna',
  role: 'operator',
  workstation: 'W-1',
  action: 'pass.confirm',
  entity: 'train_pass',
  entityId: 'x',
  correlationId: 'c',
});

function setUp(rows: number) {
  const queries: AuditQuery[] = [];
  const entries: NewAuditEntry[] = [];
  const file = { written: [] as number[], finished: false, abandoned: false, full: false };
  const state = { awayAfter: Infinity, onPage: (): void => undefined };
  const opened: AuditFile = {
    write(items) {
      if (file.full) return Promise.reject(new Error('ENOSPC: no space left on device, write'));
      file.written.push(...items.map(({ id }) => id));
      return Promise.resolve();
    },
    finish: () => Promise.resolve(void (file.finished = true)),
    abandon: () => Promise.resolve(void (file.abandoned = true)),
  };
  let id = 0;
  const exports = createAuditExports({
    reads: {
      listAudit(query) {
        queries.push(query);
        state.onPage();
        if (queries.length > state.awayAfter) {
          return Promise.resolve(failure('database-away', 'The database did not answer.'));
        }
        const from = query.cursor === undefined ? rows : Number(query.cursor);
        const items = Array.from({ length: Math.min(query.limit, from) }, (_, index) => rowOf(from - index));
        const rest = from - items.length;
        return Promise.resolve(success({ items, cursor: rest > 0 ? String(rest) : undefined }));
      },
    },
    openFile: () => Promise.resolve(opened),
    trail: { record: (entry) => entries.push(entry) },
    newId: () => `export-${(id += 1)}`,
  });
  return { exports, queries, entries, file, state };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const request = { format: 'csv', actor: 'Anna', from: 1, to: 9 } as const;

describe('an export', () => {
  test('writes every row of the filter, page by page, and is audited with filter, rows and file name', async () => {
    const { exports, queries, entries, file } = setUp(450);
    const started = exports.start(request, '/home/sophie/audit.csv', act);
    expect(started).toMatchObject({ value: { exportId: 'export-1', state: 'running', rows: 0 } });
    await settle();
    expect(exports.status('export-1')).toMatchObject({ value: { state: 'done', rows: 450 } });
    expect(file).toMatchObject({ finished: true, abandoned: false });
    expect(file.written).toEqual(Array.from({ length: 450 }, (_, index) => 450 - index));
    expect(queries).toHaveLength(3);
    expect(queries[2]).toEqual({ actor: 'Anna', from: 1, to: 9, cursor: '50', limit: 200 });
    expect(entries).toMatchObject([
      { action: 'audit.export', after: { ...request, file: 'audit.csv', rows: 450, outcome: 'done' } },
    ]);
  });

  test('that meets a full disk fails and leaves nothing', async () => {
    const { exports, entries, file } = setUp(450);
    file.full = true;
    exports.start(request, 'C:\\Users\\sophie\\audit.csv', act);
    await settle();
    expect(exports.status('export-1')).toMatchObject({
      value: { state: 'failed', message: expect.stringContaining('no space left') },
    });
    expect(file.abandoned).toBe(true);
    expect(entries).toMatchObject([{ after: { outcome: 'failed', file: 'audit.csv' } }]);
  });

  test('during which the database goes away fails and leaves nothing', async () => {
    const { exports, file, state } = setUp(450);
    state.awayAfter = 1;
    exports.start(request, '/tmp/a.csv', act);
    await settle();
    expect(exports.status('export-1')).toMatchObject({
      value: { state: 'failed', rows: 200, message: 'The database did not answer.' },
    });
    expect(file).toMatchObject({ abandoned: true, finished: false });
  });

  test('can be cancelled; one at a time; the end of the program gives up what is under way', async () => {
    const { exports, entries, file } = setUp(450_000);
    exports.start(request, '/tmp/a.csv', act);
    expect(exports.start(request, '/tmp/b.csv', act)).toMatchObject({ error: { code: 'conflict' } });
    expect(await exports.cancel('export-1')).toMatchObject({ value: { state: 'cancelled' } });
    expect(file).toMatchObject({ abandoned: true, finished: false });
    expect(entries).toMatchObject([{ after: { outcome: 'cancelled' } }]);
    exports.start(request, '/tmp/c.csv', act);
    await exports.stop();
    expect(exports.status('export-2')).toMatchObject({ value: { state: 'cancelled' } });
    expect(await exports.cancel('unknown')).toMatchObject({ error: { code: 'not-found' } });
  });
});
