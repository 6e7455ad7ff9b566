import { expect, test, vi } from 'vitest';
import { failure, success } from '../../contract/errors.ts';
import type { Caller, Log } from '../../main/core.ts';
import { nobody } from '../stage.ts';
import { createAlertExport } from './alert-export.ts';

const caller: Caller = {
  windowId: 3,
  kind: 'system',
  session: nobody,
  at: Date.UTC(2026, 5, 30, 23, 30),
  correlationId: 'c',
};
const filter = { severity: 'critical', shelved: true } as const;
const nothing = () => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function setUp(chosen: string | undefined, refused = false) {
  const kept = new Map([['export.folder', '/before']]);
  const choose = vi.fn(() => Promise.resolve(chosen));
  const exportAlerts = vi.fn(() =>
    Promise.resolve(refused ? failure('internal', 'the file cannot be written') : success({ rows: 12 })),
  );
  const handlers = createAlertExport({
    core: {
      keyValue: {
        get: (key) => Promise.resolve(kept.get(key)),
        set: async (key, value) => void kept.set(key, value),
      },
      exportAlerts,
    },
    firstFolder: () => '/documents',
    choose,
    log,
  });
  return { run: () => handlers['alerts.export'](filter, caller), choose, exportAlerts, kept };
}

test('the list of the filter goes to the file that was chosen, and the answer says how much', async () => {
  const { run, choose, exportAlerts, kept } = setUp('/there/mine.csv');
  expect(await run()).toEqual(success({ path: '/there/mine.csv', rows: 12 }));
  expect(choose).toHaveBeenCalledWith(3, 'csv', '/before/vicore-alerts-2026-06-30.csv');
  expect(exportAlerts).toHaveBeenCalledWith(filter, '/there/mine.csv', caller);
  expect(kept.get('export.folder')).toBe('/there');
});

test('who chooses no file has exported nothing', async () => {
  const { run, exportAlerts } = setUp(undefined);
  expect(await run()).toEqual(success({}));
  expect(exportAlerts).not.toHaveBeenCalled();
});

test("the core's failure is the answer", async () => {
  expect(await setUp('/there/mine.csv', true).run()).toMatchObject({ error: { code: 'internal' } });
});
