import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import { createAlertExport } from '../alerts/export.ts';
import type { NewAuditEntry } from '../audit/entry.ts';
import { openAlertFile } from './alert-export.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'vicore-alert-export-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const act = {
  actor: 'Alan Martin',
  subject: 'alan',
  role: 'operator',
  workstation: 'W-1',
  at: 1_000,
  correlationId: 'c-1',
};

const alertOf = (index: number, fields: Partial<Alert> = {}): Alert => ({
  id: `alert-${index}`,
  rule: 'height',
  severity: 'critical',
  state: 'active-unacknowledged',
  present: true,
  value: 17_180,
  limit: 18_000,
  raisedAt: Date.UTC(2026, 10, 21, 9, 14, 2),
  receivedAt: Date.UTC(2026, 10, 21, 9, 14, 3),
  provisional: false,
  ...fields,
});

function setUp(alerts: readonly Alert[], failsAt = Number.POSITIVE_INFINITY) {
  const recorded: NewAuditEntry[] = [];
  const asked: unknown[] = [];
  const run = createAlertExport({
    reads: {
      alertsById: (ids) => {
        asked.push(ids);
        return Promise.resolve(alerts.filter(({ id }) => ids.includes(id)));
      },
      listAlerts(query) {
        asked.push(query);
        const from = Number(query.cursor ?? 0);
        if (from >= failsAt) return Promise.reject(new Error('the store is closed'));
        const to = from + query.limit;
        return Promise.resolve({
          items: alerts.slice(from, to),
          cursor: to < alerts.length ? String(to) : undefined,
        });
      },
    },
    openFile: openAlertFile,
    trail: { record: (entry) => recorded.push(entry) },
  });
  return { run, recorded, asked };
}

test('writes every page of the filter once, in millimetres and UTC, and is audited', async () => {
  const alerts = Array.from({ length: 450 }, (_, index) => alertOf(index));
  const { run, recorded, asked } = setUp(alerts);
  const file = path.join(directory, 'alerts.csv');
  expect(await run({ severity: 'critical' }, file, act)).toEqual({ ok: true, value: { rows: 450 } });
  const text = await readFile(file, 'utf8');
  expect(text.startsWith('\ufeffid,raised_at,')).toBe(true);
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(451);
  expect(lines[1]).toContain('alert-0,2026-11-21T09:14:02.000Z');
  expect(lines[1]).toContain(',171.80,180.00,');
  expect(asked).toHaveLength(3);
  expect(recorded).toMatchObject([
    {
      action: 'alert.export',
      actor: 'Alan Martin',
      after: { filter: { severity: 'critical' }, rows: 450, file: 'alerts.csv' },
    },
  ]);
});

test('writes exactly the alerts that are named, in their order, and says in the audit log what was searched for', async () => {
  const alerts = Array.from({ length: 450 }, (_, index) => alertOf(index));
  const { run, recorded, asked } = setUp(alerts);
  const file = path.join(directory, 'alerts.csv');
  // Of one the record knows nothing any more; one is named twice.
  const alertIds = [...alerts.slice(100, 400).map(({ id }) => id), 'gone', 'alert-7', 'alert-100'];
  const request = { open: true, severity: 'critical', search: 'car 12', alertIds } as const;
  expect(await run(request, file, act)).toEqual({ ok: true, value: { rows: 301 } });
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n').slice(1);
  expect(lines.map((line) => line.split(',')[0])).toEqual([
    ...Array.from({ length: 300 }, (_, index) => `alert-${index + 100}`),
    'alert-7',
  ]);
  expect(asked).toHaveLength(2);
  expect(recorded).toMatchObject([{ action: 'alert.export', actor: 'Alan Martin' }]);
  expect(recorded[0]?.after).toEqual({
    filter: { open: true, severity: 'critical', search: 'car 12' },
    named: 303,
    rows: 301,
    file: 'alerts.csv',
  });
  expect(await run({ search: 'nothing', alertIds: [] }, file, act)).toEqual({ ok: true, value: { rows: 0 } });
  expect((await readFile(file, 'utf8')).trimEnd().split('\r\n')).toHaveLength(1);
});

test('lets no spreadsheet calculate, and keeps every control character visible', async () => {
  const nasty = ['=cmd|"/c calc"!A1', '+1', '@x', '-2', 'x;=1', '\u202egnp.exe\u0000', '<b>'];
  const { run } = setUp(
    nasty.map((comment, index) => alertOf(index, { comment, owner: comment, shelveReason: comment })),
  );
  const file = path.join(directory, 'alerts.csv');
  await run({}, file, act);
  const text = await readFile(file, 'utf8');
  for (const cell of text.split(/[,;\r\n]/)) {
    expect(cell.replace(/^[\s"\ufeff]+/, '')).not.toMatch(/^[=+\-@]/);
  }
  expect(text).not.toMatch(/[\u0000\u202e]/);
});

test('leaves nothing of a file that could not be written to its end', async () => {
  const { run, recorded } = setUp(
    Array.from({ length: 450 }, (_, index) => alertOf(index)),
    200,
  );
  expect(await run({}, path.join(directory, 'alerts.csv'), act)).toMatchObject({
    ok: false,
    error: { code: 'internal' },
  });
  expect(await readdir(directory)).toEqual([]);
  expect(recorded).toEqual([]);
  expect(await run({}, path.join(directory, 'no/such/place.csv'), act)).toMatchObject({
    error: { code: 'internal' },
  });
});
