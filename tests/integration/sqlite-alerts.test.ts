import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Alert, AlertEvent } from '../../contract/domain.ts';
import type { AlertTransition } from '../../main/alerts/transition.ts';
import { databaseOpener } from '../../main/sqlite/database.ts';
import { commitOutcome } from '../../main/sqlite/fold-commit.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import { openReplicaFile } from '../../main/sqlite/replica-file.ts';
import { applySharedRows } from '../../main/sqlite/shared-apply.ts';
import {
  act,
  alertOf,
  outcome,
  passRecord,
  sharedRows,
  testStore,
  transition,
  vehicleRecord,
} from '../shared/local-store.ts';
import type { TestStore } from '../shared/local-store.ts';

/* What people do to alerts, as the replica keeps and lists it. */

let place: TestStore;
let store: LocalStore;
beforeEach(async () => {
  place = testStore();
  store = await place.open();
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const hour = 3_600_000;
const streamAt = (lastSeq: number) => ({
  streamId: 'stream-1',
  site: 'Folkestone',
  track: 'T1',
  cameras: [],
  lastSeq,
  updatedAt: 1,
});

/** Alerts of passes of their own, as the shared record has them. */
async function fill(count: number, fieldsOf: (index: number) => Partial<Alert>): Promise<readonly Alert[]> {
  const passes = Array.from({ length: count }, (_, index) => passRecord(index + 1));
  await store.commit(
    outcome({ passes, transitions: passes.map((pass, index) => transition(pass, index + 1)) }),
  );
  const alerts: Alert[] = [];
  for (const [index, pass] of passes.entries()) {
    alerts.push({ ...(await alertOf(store, transition(pass, 1).alertId)), ...fieldsOf(index) });
  }
  await store.applyShared(sharedRows({ passes, alerts, streams: [streamAt(count)] }));
  return alerts;
}

const idsOf = (alerts: readonly Alert[]): string[] => alerts.map(({ id }) => id).toSorted();

describe('the list of alerts', () => {
  test('is found by rule, state, vehicle, train, owner, severity and whether it is open', async () => {
    const alerts = await fill(24, (index) => ({
      rule: index % 2 === 0 ? 'height' : 'defect',
      severity: index % 3 === 0 ? 'critical' : 'warning',
      vehicleNumber: `9870 ${index % 4}`,
      trainNumber: `64${index % 5}`,
      ...(index % 6 === 0
        ? { state: 'active-acknowledged', owner: 'Anna', acknowledgedBy: 'Anna', acknowledgedAt: 5 }
        : undefined),
      ...(index % 7 === 0 ? { state: 'closed', present: false } : undefined),
    }));
    const cases: readonly [Parameters<LocalStore['listAlerts']>[0], (alert: Alert) => boolean][] = [
      [{ limit: 200, rule: 'defect' }, ({ rule }) => rule === 'defect'],
      [{ limit: 200, state: 'closed' }, ({ state }) => state === 'closed'],
      [{ limit: 200, open: false }, ({ state }) => state === 'closed'],
      [{ limit: 200, vehicleNumber: '9870 1' }, ({ vehicleNumber }) => vehicleNumber === '9870 1'],
      [{ limit: 200, trainNumber: '643' }, ({ trainNumber }) => trainNumber === '643'],
      [{ limit: 200, owner: 'Anna' }, ({ owner }) => owner === 'Anna'],
      [
        { limit: 200, owner: 'Anna', severity: 'critical', open: true },
        ({ owner, severity, state }) => owner === 'Anna' && severity === 'critical' && state !== 'closed',
      ],
    ];
    for (const [query, wanted] of cases) {
      const expected = alerts.filter(wanted);
      expect(expected.length, JSON.stringify(query)).toBeGreaterThan(0);
      const found: Alert[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.listAlerts({ ...query, limit: 3, cursor });
        found.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(idsOf(found), JSON.stringify(query)).toEqual(idsOf(expected));
    }
  });

  test('counts and filters what is on the shelf; one whose end has come is as it was, everywhere', async () => {
    const now = Date.now();
    const shelf = (shelvedUntil: number) => ({ shelvedUntil, shelvedBy: 'Sophie', shelveReason: 'known' });
    const alerts = await fill(6, (index) =>
      index < 2 ? shelf(now + hour) : index < 4 ? shelf(now - 1) : {},
    );
    const [inForce, ended] = [idsOf(alerts.slice(0, 2)), idsOf(alerts.slice(2))];
    const shelved = await store.listAlerts({ limit: 50, shelved: true });
    expect(idsOf(shelved.items)).toEqual(inForce);
    expect(shelved.items[0]).toMatchObject(shelf(now + hour));
    const others = await store.listAlerts({ limit: 50, shelved: false });
    expect(idsOf(others.items)).toEqual(ended);
    expect(others.items.map(({ shelvedUntil }) => shelvedUntil)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect((await alertOf(store, alerts[2]?.id ?? '')).shelveReason).toBeUndefined();
    expect(await store.alertCounts()).toEqual({
      criticalUnacknowledged: 0,
      warningUnacknowledged: 4,
      acknowledged: 0,
      shelved: 2,
    });
    const gone = await store.shelvesEnded(0);
    expect(idsOf(gone.alerts)).toEqual(idsOf(alerts.slice(2, 4)));
    expect((await store.shelvesEnded(gone.now)).alerts).toEqual([]);
  });

  test('named alerts are found one by one, as the list has them', async () => {
    const now = Date.now();
    const alerts = await fill(4, (index) =>
      index === 0 ? { shelvedUntil: now - 1, shelvedBy: 'Sophie', shelveReason: 'known' } : {},
    );
    const wanted = alerts.slice(0, 3).map(({ id }) => id);
    const found = await store.alertsById([...wanted, '00000000-0000-4000-8000-000000000000']);
    const listed = (await store.listAlerts({ limit: 50 })).items.filter(({ id }) => wanted.includes(id));
    expect(found.toSorted((one, other) => one.id.localeCompare(other.id))).toEqual(
      listed.toSorted((one, other) => one.id.localeCompare(other.id)),
    );
    expect(found.every(({ shelvedUntil }) => shelvedUntil === undefined)).toBe(true);
    expect(await store.alertsById([])).toEqual([]);
  });

  test('keeps owner, verdict, escalation and since when a finding is known', async () => {
    const fields: Partial<Alert> = {
      owner: 'Bob',
      verdict: 'not-found',
      escalatedAt: 99_000,
      known: { since: 5, times: 4, acknowledgedBy: 'Anna', acknowledgedAt: 7 },
    };
    const [alert] = await fill(1, () => fields);
    expect(await alertOf(store, alert?.id ?? '')).toMatchObject(fields);
    const same = sharedRows({ alerts: alert ? [alert] : [], streams: [streamAt(1)] });
    expect((await store.applyShared(same)).alerts).toEqual([]);
    const again = alert && { ...alert, known: { since: 5, times: 5 } };
    const changed = await store.applyShared(sharedRows({ alerts: again ? [again] : [] }));
    expect(changed.alerts).toMatchObject([{ known: { times: 5 } }]);
  });
});

describe('what the shared record says of an alert of which we have seen more', () => {
  const pass = passRecord(1, { revision: 10 });
  const raised = transition(pass, 1);
  const worse: AlertTransition = transition(pass, 10, { kind: 'severity-raised', severity: 'critical' });

  async function setUp(): Promise<Alert> {
    await store.commit(outcome({ passes: [pass], transitions: [raised] }));
    const before = await alertOf(store, raised.alertId);
    await store.commit(outcome({ passes: [pass], transitions: [worse] }));
    return before;
  }

  test('is taken with what is still to come: an undone acknowledgement is undone, a verdict is there', async () => {
    const before = await setUp();
    const shared: Alert = { ...before, verdict: 'true', comment: 'seen' };
    await store.applyShared(sharedRows({ alerts: [shared], streams: [streamAt(5)] }));
    expect(await alertOf(store, raised.alertId)).toMatchObject({
      severity: 'critical',
      state: 'active-unacknowledged',
      verdict: 'true',
      comment: 'seen',
    });
  });

  test('stands as it is once it has seen as much', async () => {
    const before = await setUp();
    const shared: Alert = {
      ...before,
      severity: 'critical',
      state: 'active-acknowledged',
      owner: 'Bob',
      acknowledgedBy: 'Anna',
      acknowledgedAt: 60_000,
    };
    await store.applyShared(sharedRows({ alerts: [shared], streams: [streamAt(10)] }));
    expect(await alertOf(store, raised.alertId)).toEqual(shared);
    await store.applyShared(
      sharedRows({
        alerts: [{ ...before, severity: 'critical', state: 'active-unacknowledged' }],
        streams: [streamAt(10)],
      }),
    );
    expect(await alertOf(store, raised.alertId)).toMatchObject({ state: 'active-unacknowledged' });
  });

  test('takes the place of our history, but for what it cannot have yet', async () => {
    const before = await setUp();
    const history = (await store.getAlert(raised.alertId))?.events ?? [];
    expect(history.map(({ kind }) => kind)).toEqual(['raised', 'severity-raised']);
    const entry: AlertEvent = {
      alertId: raised.alertId,
      at: 7,
      actor: 'Anna',
      workstation: 'W2',
      kind: 'commented',
      details: { comment: 'x' },
    };
    const first = history[0];
    await store.applyShared(
      sharedRows({
        alerts: [before],
        alertEvents: first ? [{ ...first, workstation: 'W2' }, entry] : [],
        streams: [streamAt(5)],
      }),
    );
    const after = (await store.getAlert(raised.alertId))?.events ?? [];
    expect(after.map(({ kind, workstation }) => `${kind} ${workstation}`).toSorted()).toEqual([
      'commented W2',
      'raised W2',
      'severity-raised TEST-01',
    ]);
  });
});

test('what others saw come back, get worse or be undone is told again, also without a camera link', async () => {
  const pass = passRecord(1);
  const raised = transition(pass, 1);
  await store.commit(outcome({ passes: [pass], transitions: [raised] }));
  const alert = await alertOf(store, raised.alertId);
  const owned: Alert = {
    ...alert,
    state: 'active-acknowledged',
    owner: 'Bob',
    acknowledgedBy: 'Bob',
    acknowledgedAt: 5,
  };
  const unmarkedAfter = async (next: Alert): Promise<readonly string[]> => {
    await store.markNotified([alert.id]);
    await store.applyShared(sharedRows({ alerts: [next], streams: [streamAt(9)] }));
    return store.unnotified([alert.id]);
  };
  expect(await unmarkedAfter({ ...alert, comment: 'said' })).toEqual([]);
  expect(await unmarkedAfter(owned)).toEqual([]);
  expect(await unmarkedAfter(alert)).toEqual([alert.id]);
  expect(await unmarkedAfter({ ...alert, severity: 'critical' })).toEqual([alert.id]);
  expect(await unmarkedAfter({ ...alert, severity: 'critical', comment: 'said' })).toEqual([]);
});

test('many that come back at once are told again with one write to the journal a transaction, before it ends', () => {
  const replica = openReplicaFile(databaseOpener(undefined), undefined, undefined, () => undefined);
  const { database, sql } = replica;
  try {
    const passes = Array.from({ length: 300 }, (_, index) => passRecord(index + 1));
    const committed = database.transaction(() =>
      commitOutcome(
        sql,
        outcome({ passes, transitions: passes.map((pass, index) => transition(pass, index + 1)) }),
        { workstation: 'TEST-01', keptActs: () => [] },
      ),
    )();
    const writes: number[] = [];
    const apply = (alerts: readonly Alert[], withPasses: boolean): number => {
      const rows = sharedRows({ passes: withPasses ? passes : [], alerts, streams: [streamAt(300)] });
      const steps = applySharedRows(database, sql, rows, {
        workstation: 'TEST-01',
        keptActs: () => [],
        renewNotification: (alertIds) => {
          expect(database.inTransaction).toBe(true);
          if (alertIds.length > 0) writes.push(alertIds.length);
        },
        unsent: new Map(),
      });
      let pauses = 0;
      while (steps.next().done !== true) pauses += 1;
      return pauses;
    };
    const theirs = { state: 'active-acknowledged', acknowledgedBy: 'Bob' } as const;
    for (const withPasses of [false, true]) {
      apply(
        committed.alerts.map((alert) => ({ ...alert, ...theirs })),
        withPasses,
      );
      expect(writes).toEqual([]);
      const pauses = apply(committed.alerts, withPasses);
      expect(writes.reduce((sum, count) => sum + count, 0)).toBe(300);
      // One a transaction; the last may have come to nothing.
      expect([pauses, pauses + 1]).toContain(writes.length);
      writes.length = 0;
    }
  } finally {
    database.close();
  }
});

test('an acknowledgement that the shared record refused is nobody’s again at once', async () => {
  const pass = passRecord(1);
  const raised = transition(pass, 1);
  await store.commit(outcome({ passes: [pass], transitions: [raised] }));
  const remark = { comment: 'mine', checklist: [{ step: 'Call the train', done: true }] };
  await store.acknowledgeProvisionally(raised.alertId, remark, act('Anna', 5_000));
  const [kept] = await store.pendingActs();
  expect(kept).toMatchObject({ remark, act: act('Anna', 5_000) });
  const back = await store.refuseAct(kept?.id ?? 0);
  expect(back).toMatchObject({ state: 'active-unacknowledged', provisional: false });
  expect(back?.owner).toBeUndefined();
  expect(await alertOf(store, raised.alertId)).toEqual(back);
  expect(await store.pendingActs()).toEqual([]);
});

describe('a maintenance mark', () => {
  const passes = Array.from({ length: 6 }, (_, index) => passRecord(index + 1));
  const query = { site: 'Folkestone', siteTrack: 'T1', vehicleNumbers: ['V', 'W'], before: 9_999, offset: 0 };
  const startsOf = async (order: 'earliest' | 'latest', vehicleNumber: string) =>
    (await store.history({ ...query, order, limit: 10 }))
      .get(vehicleNumber)
      ?.map(({ startedAt }) => startedAt);

  beforeEach(async () => {
    const vehicles = passes.flatMap((pass) => [
      vehicleRecord(pass, 1, { vehicleNumber: 'V' }),
      vehicleRecord(pass, 2, { vehicleNumber: 'W' }),
    ]);
    await store.commit(outcome({ passes, vehicles }));
  });

  test('begins the baseline of its vehicle anew, and leaves what rule 6 looks at', async () => {
    await store.applyShared(sharedRows({ maintenance: [{ vehicleNumber: 'V', at: 3_000 }] }));
    expect(await startsOf('earliest', 'V')).toEqual([4_000, 5_000, 6_000]);
    expect(await startsOf('earliest', 'W')).toHaveLength(6);
    expect(await startsOf('latest', 'V')).toHaveLength(6);
  });

  test('that is older than the last one changes nothing; a fill from scratch forgets all', async () => {
    await store.applyShared(sharedRows({ maintenance: [{ vehicleNumber: 'V', at: 5_000 }] }));
    await store.applyShared(sharedRows({ maintenance: [{ vehicleNumber: 'V', at: 2_000 }] }));
    expect(await startsOf('earliest', 'V')).toEqual([6_000]);
    const vehicles = passes.map((pass) => vehicleRecord(pass, 1, { vehicleNumber: 'V' }));
    await store.applyShared(sharedRows({ passes, vehicles, reset: true, cursor: 'new' }));
    expect(await startsOf('earliest', 'V')).toHaveLength(6);
  });
});
