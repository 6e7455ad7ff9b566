import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  countRejected,
  alertsById,
  getAlert,
  listAlerts,
  listRejected,
  shelvesEnded,
} from '../../main/sqlite/alert-reads.ts';
import { carHistory, getCar, springTrend } from '../../main/sqlite/car-reads.ts';
import { databaseOpener } from '../../main/sqlite/database.ts';
import type { Sql } from '../../main/sqlite/database.ts';
import { commitOutcome } from '../../main/sqlite/fold-commit.ts';
import { history, loadPasses, loadStreams, openPasses } from '../../main/sqlite/fold-reads.ts';
import { alertCounts, getPass, latestEnded, listPasses } from '../../main/sqlite/pass-reads.ts';
import { openReplicaFile } from '../../main/sqlite/replica-file.ts';
import type { ReplicaFile } from '../../main/sqlite/replica-file.ts';
import { outcome, passIdOf, passRecord, transition, vehicleRecord } from '../shared/local-store.ts';

/*
 * No read that a window or the fold waits for may look through a whole table: its time would grow with the days that
 * the replica holds. Times depend on the machine (tests/integration/sqlite-scale.test.ts prints them); the plans of
 * SQLite's own do not.
 */

let replica: ReplicaFile;

beforeAll(() => {
  replica = openReplicaFile(databaseOpener(undefined), undefined, undefined, () => undefined);
  const { database, sql } = replica;
  const context = { workstation: 'TEST-01', keptActs: () => [] };
  database.transaction(() => {
    for (let number = 1; number <= 3; number += 1) {
      const pass = passRecord(number);
      const fields = {
        passes: [pass],
        vehicles: [vehicleRecord(pass, 1)],
        transitions: [transition(pass, number)],
      };
      commitOutcome(sql, outcome(fields), context);
    }
  })();
});
afterAll(() => {
  replica.database.close();
});

/** Every statement that the read prepares, as SQLite means to carry it out. */
function plansOf(read: (sql: Sql) => unknown): string[] {
  const texts = new Set<string>();
  const noting: Sql = (text) => {
    texts.add(text);
    return replica.sql(text);
  };
  read(noting);
  expect(texts.size).toBeGreaterThan(0);
  return [...texts].flatMap((text) =>
    replica.database
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${text.replaceAll('?', '1')}`)
      .all()
      .map(({ detail }) => detail),
  );
}

const cursorOf = (page: { readonly cursor?: string | undefined }): string => {
  if (page.cursor === undefined) throw new Error('the list has one page only');
  return page.cursor;
};

/** Found by keys: nothing is looked through, however much there is. What is sorted is one vehicle's, alert's or stream's, or what lies on the shelf. */
const byKey: Record<string, (sql: Sql) => unknown> = {
  'passes.get': (sql) => getPass(sql, passIdOf(2)),
  'cars.get': (sql) => getCar(sql, passIdOf(2), 1),
  'cars.history': (sql) => carHistory(sql, { vehicleNumber: '9870 1', limit: 50 }),
  'cars.history, next page': (sql) =>
    carHistory(sql, {
      vehicleNumber: '9870 1',
      limit: 1,
      cursor: cursorOf(carHistory(replica.sql, { vehicleNumber: '9870 1', limit: 1 })),
    }),
  'springs.trend': (sql) =>
    springTrend(sql, { passId: passIdOf(3), vehicleIndex: 1, position: '3Rb', limit: 50 }),
  'alerts.list of a pass': (sql) => listAlerts(sql, { limit: 50, passId: passIdOf(2) }),
  'alerts.list, on the shelf': (sql) => listAlerts(sql, { limit: 50, shelved: true }),
  'alerts.byId': (sql) =>
    alertsById(
      sql,
      [1, 2, 3].map((n) => transition(passRecord(n), n).alertId),
    ),
  'alerts.get': (sql) => getAlert(sql, transition(passRecord(2), 2).alertId),
  'fold, a pass': (sql) => loadPasses(sql, [passIdOf(2)]),
  'fold, a stream': (sql) => loadStreams(sql, ['stream-1']),
  'fold, passes in progress': (sql) => openPasses(sql, 'stream-1'),
  'fold, history of a vehicle': (sql) =>
    history(sql, {
      site: 'Folkestone',
      siteTrack: 'T1',
      vehicleNumbers: ['9870 1'],
      before: 1_000_000,
      order: 'earliest',
      offset: 0,
      limit: 16,
    }),
};

/** Along an index, in the order of the list, until the page is full. */
const alongIndex: Record<string, (sql: Sql) => unknown> = {
  'passes.list': (sql) => listPasses(sql, { limit: 50 }),
  'passes.list, next page': (sql) =>
    listPasses(sql, { limit: 1, cursor: cursorOf(listPasses(replica.sql, { limit: 1 })) }),
  'passes.list, search': (sql) => listPasses(sql, { limit: 50, search: '600' }),
  'passes, latest ended': (sql) => latestEnded(sql, 50),
  'alerts.list': (sql) => listAlerts(sql, { limit: 50 }),
  'alerts.list, open': (sql) => listAlerts(sql, { limit: 50, open: true }),
  'alerts.list, next page': (sql) =>
    listAlerts(sql, { limit: 1, cursor: cursorOf(listAlerts(replica.sql, { limit: 1 })) }),
  'alerts.list, a rule': (sql) => listAlerts(sql, { limit: 50, rule: 'height' }),
  'alerts.list, a state': (sql) => listAlerts(sql, { limit: 50, state: 'active-unacknowledged' }),
  'alerts.list, a severity': (sql) => listAlerts(sql, { limit: 50, severity: 'critical' }),
  'alerts.list, a vehicle': (sql) => listAlerts(sql, { limit: 50, vehicleNumber: '9870 1' }),
  'alerts.list, a train': (sql) => listAlerts(sql, { limit: 50, trainNumber: '6001' }),
  'alerts.list, an owner': (sql) => listAlerts(sql, { limit: 50, owner: 'Anna', open: true }),
  'alerts.list, not on the shelf': (sql) => listAlerts(sql, { limit: 50, shelved: false, open: true }),
  'alerts, shelves that ended': (sql) => shelvesEnded(sql, 0),
  'alerts, counts': alertCounts,
  'rejected.list': (sql) => listRejected(sql, { limit: 50 }),
  'rejected, count': countRejected,
};

/** Sets of thresholds are read whole: there are as many as admins have made. */
const withoutThresholds = (plans: readonly string[]): string[] =>
  plans.filter((plan) => plan !== 'SCAN threshold_set');

test.each(Object.entries(byKey))('%s looks through nothing', (_name, read) => {
  const plans = withoutThresholds(plansOf(read));
  expect(plans.filter((plan) => plan.startsWith('SCAN'))).toEqual([]);
  expect(plans.filter((plan) => plan.startsWith('SEARCH')).length).toBeGreaterThan(0);
});

test.each(Object.entries(alongIndex))('%s goes along an index and sorts nothing', (_name, read) => {
  const plans = plansOf(read);
  expect(plans.filter((plan) => plan.startsWith('SCAN') && !/ USING (COVERING )?INDEX /.test(plan))).toEqual(
    [],
  );
  expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([]);
});
