import { expect, test, vi } from 'vitest';
import { failure, success } from '../../contract/errors.ts';
import type { Caller, Log } from '../../main/core.ts';
import { nobody } from '../stage.ts';
import { createAuditExport, exportName } from './audit-export.ts';
import { exportFolderKey } from './export-place.ts';

const caller: Caller = {
  windowId: 7,
  kind: 'admin',
  session: nobody,
  // The day before, in Paris.
  at: Date.UTC(2026, 5, 30, 23, 30),
  correlationId: 'c',
};
const status = { exportId: 'e', state: 'running', path: '/there/a.csv', rows: 0 } as const;

function setUp(options: { chosen?: string; folder?: string; broken?: boolean; refused?: boolean } = {}) {
  const kept = new Map<string, string>(
    options.folder === undefined ? [] : [[exportFolderKey, options.folder]],
  );
  const choose = vi.fn(() => Promise.resolve(options.chosen));
  const exportAudit = vi.fn(() => (options.refused ? failure('conflict', 'one runs') : success(status)));
  const refuse = () => Promise.reject(new Error('the store is away'));
  const warn = vi.fn();
  const log: Log = { debug: warn, info: warn, warn, error: warn };
  const handlers = createAuditExport({
    core: {
      keyValue: {
        get: options.broken ? refuse : (key) => Promise.resolve(kept.get(key)),
        set: options.broken ? refuse : async (key, value) => void kept.set(key, value),
      },
      exportAudit,
    },
    firstFolder: () => '/home/dora/Documents',
    choose,
    log,
  });
  const request = { format: 'csv', actor: 'Sophie' } as const;
  return { run: () => handlers['audit.export'](request, caller), request, choose, exportAudit, kept, warn };
}

test('the file has the day by UTC in its name', () => {
  expect(exportName('jsonl', caller.at)).toBe('vicore-audit-2026-06-30.jsonl');
});

test('a chosen file is written by the core, and its folder is suggested next time', async () => {
  const { run, request, choose, exportAudit, kept } = setUp({ chosen: '/there/a.csv' });
  expect(await run()).toEqual(success({ started: status }));
  expect(choose).toHaveBeenLastCalledWith(7, 'csv', '/home/dora/Documents/vicore-audit-2026-06-30.csv');
  expect(exportAudit).toHaveBeenCalledWith(request, '/there/a.csv', caller);
  expect(kept.get(exportFolderKey)).toBe('/there');
  await run();
  expect(choose).toHaveBeenLastCalledWith(7, 'csv', '/there/vicore-audit-2026-06-30.csv');
});

test('who chooses no file has started nothing', async () => {
  const { run, exportAudit, kept } = setUp({ folder: '/before' });
  expect(await run()).toEqual(success({}));
  expect(exportAudit).not.toHaveBeenCalled();
  expect(kept.get(exportFolderKey)).toBe('/before');
});

test("the core's refusal is the answer", async () => {
  expect(await setUp({ chosen: '/there/a.csv', refused: true }).run()).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
});

test('an export does not need the folder of the last one', async () => {
  const { run, warn } = setUp({ chosen: '/there/a.csv', broken: true });
  expect(await run()).toEqual(success({ started: status }));
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(2));
});

test('only one place is asked for at a time', async () => {
  const { run, choose } = setUp({ chosen: '/there/a.csv' });
  expect(await Promise.all([run(), run()])).toMatchObject([
    { ok: true },
    { ok: false, error: { code: 'conflict' } },
  ]);
  expect(choose).toHaveBeenCalledOnce();
  expect(await run()).toMatchObject({ ok: true });
});
