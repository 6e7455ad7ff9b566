import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import {
  act,
  alertOf,
  outcome,
  passRecord,
  sharedRows,
  testStore,
  transition,
} from '../shared/local-store.ts';
import type { TestStore } from '../shared/local-store.ts';

/* An acknowledgement that is kept at this workstation, and taken back there (docs/domain.md). */

const pass = passRecord(1);
const raised = transition(pass, 1);
const id = raised.alertId;
const anna = act('Anna', 5_000);
const undo = act('Anna', 35_000);
const streams = [
  { streamId: 'stream-1', site: 'Folkestone', track: 'T1', cameras: [], lastSeq: 1, updatedAt: 1 },
];

let place: TestStore;
let store: LocalStore;
beforeEach(async () => {
  place = testStore();
  store = await place.open();
  await store.commit(outcome({ passes: [pass], transitions: [raised] }));
  await store.markNotified([id]);
  await store.acknowledgeProvisionally(id, { comment: 'mine' }, anna);
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const codeOf = (result: Result<Alert> | undefined): string =>
  result === undefined
    ? 'not kept'
    : result.ok
      ? 'ok'
      : `${result.error.code} ${String(result.error.details?.['reason'])}`;

const kindsOf = async (): Promise<string[]> =>
  ((await store.getAlert(id))?.events ?? []).map(({ kind }) => kind);

const nobodys = { state: 'active-unacknowledged', provisional: false, comment: 'mine' };

test('calls for somebody at once, and is kept as it was done', async () => {
  expect(await store.alertCounts()).toMatchObject({ acknowledged: 1, warningUnacknowledged: 0 });
  const back = await store.undoProvisionally(id, undo);
  expect(back).toMatchObject({ ok: true, value: nobodys });
  expect(await alertOf(store, id)).toMatchObject(nobodys);
  expect((await alertOf(store, id)).owner).toBeUndefined();
  expect(await store.alertCounts()).toMatchObject({ acknowledged: 0, warningUnacknowledged: 1 });
  expect(await store.unnotified([id])).toEqual([id]);
  expect(await kindsOf()).toEqual(['raised', 'acknowledged', 'acknowledgement-undone']);
  await store.close();
  store = await place.open();
  expect(await alertOf(store, id)).toMatchObject(nobodys);
  expect(await store.pendingActs()).toMatchObject([{ remark: { comment: 'mine' }, act: anna, undo }]);
});

test('is one’s own, within 30 s, once, and while nothing else has happened', async () => {
  expect(codeOf(await store.undoProvisionally('another', undo))).toBe('not kept');
  expect(codeOf(await store.undoProvisionally(id, act('Bob', 6_000)))).toBe('conflict not-yours');
  expect(codeOf(await store.undoProvisionally(id, act('Anna', 35_001)))).toBe('conflict too-late');
  expect(await store.pendingActs()).toMatchObject([{ act: anna, undo: undefined }]);
  expect(codeOf(await store.undoProvisionally(id, undo))).toBe('ok');
  expect(codeOf(await store.undoProvisionally(id, undo))).toBe('not kept');
  const again = act('Bob', 36_000);
  expect((await store.acknowledgeProvisionally(id, {}, again)).ok).toBe(true);
  const cleared = transition(pass, 2, { kind: 'cleared', present: false, receivedAt: 40_000 });
  await store.commit(outcome({ passes: [{ ...pass, revision: 2 }], transitions: [cleared] }));
  expect(codeOf(await store.undoProvisionally(id, act('Bob', 41_000)))).toBe('conflict changed-since');
  expect(await store.pendingActs()).toMatchObject([{ undo }, { act: again, undo: undefined }]);
});

test('survives dying between the two files', async () => {
  await store.close();
  const journal = new Sqlite(join(place.directory, 'journal.sqlite'));
  journal.prepare(`UPDATE act SET act = json_set(act, '$.undo', json(?))`).run(JSON.stringify(undo));
  journal.close();
  store = await place.open();
  expect(await alertOf(store, id)).toMatchObject(nobodys);
  expect(await store.unnotified([id])).toEqual([id]);
  expect(await kindsOf()).toEqual(['raised', 'acknowledged', 'acknowledgement-undone']);
});

test('stands against what the shared record has of the acknowledgement, until it has both', async () => {
  const before = await alertOf(store, id);
  await store.undoProvisionally(id, undo);
  await store.markNotified([id]);
  // The acknowledgement had arrived.
  const shared: Alert = { ...before, provisional: false };
  const events = ((await store.getAlert(id))?.events ?? []).slice(0, 2);
  const rows = sharedRows({ passes: [pass], alerts: [shared], alertEvents: events, streams });
  await store.applyShared(rows);
  expect(await alertOf(store, id)).toMatchObject(nobodys);
  expect(await store.unnotified([id])).toEqual([]);
  expect(await kindsOf()).toEqual(['raised', 'acknowledged', 'acknowledgement-undone']);
  // From scratch too.
  await store.applyShared({ ...rows, reset: true });
  expect(await alertOf(store, id)).toMatchObject(nobodys);
  // Somebody else's is theirs.
  const theirs: Alert = { ...shared, acknowledgedBy: 'Bob', acknowledgedAt: 7_000, owner: 'Bob' };
  await store.applyShared(sharedRows({ alerts: [theirs], streams }));
  expect(await alertOf(store, id)).toMatchObject({ state: 'active-acknowledged', acknowledgedBy: 'Bob' });
  await store.applyShared(rows);
  const [kept] = await store.pendingActs();
  expect(await store.removeAct({ id: kept?.id ?? 0, undo })).toBe(true);
  await store.applyShared(rows);
  expect(await alertOf(store, id)).toEqual(shared);
});

test('a later acknowledgement that is kept stands, also where the first had arrived', async () => {
  const before = await alertOf(store, id);
  await store.undoProvisionally(id, undo);
  const bob = act('Bob', 36_000);
  await store.acknowledgeProvisionally(id, {}, bob);
  await store.applyShared(
    sharedRows({ passes: [pass], alerts: [{ ...before, provisional: false }], streams, reset: true }),
  );
  expect(await alertOf(store, id)).toMatchObject({
    state: 'active-acknowledged',
    acknowledgedBy: 'Bob',
    provisional: true,
  });
});

test('taken back while it was on its way, it stays kept', async () => {
  const [kept] = await store.pendingActs();
  await store.undoProvisionally(id, undo);
  expect(await store.removeAct({ id: kept?.id ?? 0 })).toBe(false);
  expect(await store.refuseAct(kept?.id ?? 0)).toBeUndefined();
  expect(await store.pendingActs()).toHaveLength(1);
  expect(await store.removeAct({ id: kept?.id ?? 0, undo })).toBe(true);
  expect(await store.pendingActs()).toEqual([]);
});
