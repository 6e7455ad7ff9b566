import { expect, test } from 'vitest';
import type { Role, Session } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { AdminRecord } from '../admin/ports.ts';
import { createAuditExports } from '../audit/export.ts';
import type { AuditQuery } from '../audit/ports.ts';
import type { Act } from '../audit/act.ts';
import type { Caller } from '../core.ts';
import { adminHandlers } from './admin.ts';
import { auditHandlers } from './audit.ts';

const sessionOf = (role: Role): Session => ({
  state: 'signed-in',
  signingIn: false,
  configured: true,
  name: 'Dora Okafor',
  subject: 'dora',
  role,
  workstation: 'W-1',
  sessionOnly: false,
});
const caller: Caller = {
  windowId: 3,
  kind: 'admin',
  session: sessionOf('admin'),
  at: 1_000,
  correlationId: 'c-1',
};
const act: Act = {
  actor: 'Dora Okafor',
  subject: 'dora',
  role: 'admin',
  workstation: 'W-1',
  at: 1_000,
  correlationId: 'c-1',
};

/** A record that notes what it is asked, and answers each write as told. */
function setUp(answer = failure('conflict', 'changed meanwhile', { current: { revision: 2 } })) {
  const asked: unknown[][] = [];
  const list =
    (name: string) =>
    (query: object): Promise<ReturnType<typeof success<{ items: [] }>>> => {
      asked.push([name, query]);
      return Promise.resolve(success({ items: [] }));
    };
  const write =
    (name: string) =>
    (change: object, by: Act): Promise<typeof answer> => {
      asked.push([name, change, by]);
      return Promise.resolve(answer);
    };
  const record: AdminRecord = {
    listUsers: list('listUsers'),
    changeUser: write('changeUser'),
    pseudonymiseUser: write('pseudonymiseUser'),
    listThresholds: list('listThresholds'),
    saveThresholds: write('saveThresholds'),
    listVehicleTypes: list('listVehicleTypes'),
    saveVehicleType: write('saveVehicleType'),
    listSites: list('listSites'),
    saveSite: write('saveSite'),
    listCameras: list('listCameras'),
    saveCamera: write('saveCamera'),
    cameraHistory: list('cameraHistory'),
    readSettings: () => Promise.resolve(success([])),
    saveSetting: write('saveSetting'),
    listGuidance: list('listGuidance'),
    saveGuidance: write('saveGuidance'),
    listWorkstations: list('listWorkstations'),
  };
  const handlers = adminHandlers({
    record,
    settings: { list: () => Promise.resolve(success([])), save: write('settings.save') },
    trial: { tryThresholds: () => Promise.resolve(answer) },
  });
  return { handlers, asked, answer };
}

test('a list has a page size of its own, and every filter', async () => {
  const { handlers, asked } = setUp();
  await handlers['admin.listUsers']({ search: 'ann', role: 'admin' }, caller);
  await handlers['admin.cameraHistory']({ streamId: 's', cameraId: 'F1L', limit: 10, cursor: 'x' }, caller);
  expect(asked).toEqual([
    ['listUsers', { search: 'ann', role: 'admin', limit: 50 }],
    ['cameraHistory', { streamId: 's', cameraId: 'F1L', limit: 10, cursor: 'x' }],
  ]);
});

test('a write carries who acts, and a conflict comes back with the row as it is now', async () => {
  const { handlers, asked, answer } = setUp();
  const site = { site: 'Folkestone', track: 'T1', timeZone: 'Europe/London', revision: 1 };
  expect(await handlers['admin.saveSite'](site, caller)).toBe(answer);
  const type = { code: 'new', name: 'New', axles: 4, revision: 0 };
  expect(await handlers['admin.saveVehicleType'](type, caller)).toBe(answer);
  const setting = { key: 'cache.days', value: 3, reason: 'r', revision: 0 } as const;
  expect(await handlers['admin.saveSetting'](setting, caller)).toBe(answer);
  expect(asked).toEqual([
    ['saveSite', site, act],
    ['saveVehicleType', type, act],
    ['settings.save', setting, act],
  ]);
});

test('a site has no time zone that no clock knows', async () => {
  const { handlers, asked } = setUp();
  const site = { site: 'Folkestone', track: 'T1', timeZone: 'Mars/Olympus', revision: 1 };
  expect(await handlers['admin.saveSite'](site, caller)).toMatchObject({
    error: { code: 'invalid-input', details: { field: 'timeZone' } },
  });
  expect(asked).toEqual([]);
});

test('the audit log is listed with every filter, and an unknown export is not found', async () => {
  const queries: AuditQuery[] = [];
  const listAudit = (query: AuditQuery) => {
    queries.push(query);
    return Promise.resolve(success({ items: [] }));
  };
  const handlers = auditHandlers({
    reads: { listAudit },
    verification: { verify: () => Promise.resolve(success({ checked: 1, total: 1, anchors: 0 })) },
    exports: createAuditExports({
      reads: { listAudit },
      openFile: () => Promise.reject(new Error('not opened here')),
      trail: { record: () => undefined },
      newId: () => 'x',
    }),
  });
  await handlers['audit.list']({ actor: 'Anna', from: 1, to: 2, upTo: 9 }, caller);
  expect(queries).toEqual([{ actor: 'Anna', from: 1, to: 2, upTo: 9, limit: 50 }]);
  const exportId = '0b9f1c1e-0000-4000-8000-000000000001';
  expect(await handlers['audit.exportStatus']({ exportId }, caller)).toMatchObject({
    error: { code: 'not-found' },
  });
  expect(await handlers['audit.cancelExport']({ exportId }, caller)).toMatchObject({
    error: { code: 'not-found' },
  });
});
