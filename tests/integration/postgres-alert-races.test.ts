import { afterAll, beforeAll, expect, test } from 'vitest';
import type pg from 'pg';
import type { Alert, AlertEvent } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { acknowledge, handOver, shelve, undo, unshelve } from '../../main/alerts/acts.ts';
import type { AlertChange } from '../../main/alerts/lifecycle.ts';
import type { SharedAlertActs } from '../../main/alerts/ports.ts';
import type { Act } from '../../main/audit/act.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { openPool, startTestPostgres, type TestPostgres } from '../shared/postgres.ts';
import { createRandom, type Random } from '../shared/random.ts';
import { storeAlerts } from '../shared/stored-alerts.ts';
import { until } from '../shared/until.ts';
import { actBy, register, settingsOf, startWorkstation, type Workstation } from './postgres-support.ts';

let postgres: TestPostgres;
let database: FreshDatabase;
let one: Workstation;
let other: Workstation;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = await postgres.fresh();
  for (const name of ['ann', 'bob']) await register(database.userUrl, name, 'supervisor');
  one = startWorkstation({ name: 'WS-1', settings: settingsOf(database) });
  other = startWorkstation({ name: 'WS-2', settings: settingsOf(database) });
  await until(() => [one, other].every((each) => each.health()?.state === 'connected'), 5_000);
}, 60_000);
afterAll(async () => {
  await Promise.all([one.record.stop(), other.record.stop()]);
  await postgres.end();
});

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

const kinds = ['acknowledge', 'undo', 'shelve', 'unshelve', 'hand-over'] as const;
type Kind = (typeof kinds)[number];

interface Move {
  readonly kind: Kind;
  readonly act: Act;
}

function send(acts: SharedAlertActs, alertId: string, { kind, act }: Move): Promise<Result<Alert>> {
  switch (kind) {
    case 'acknowledge':
      return acts.acknowledge(alertId, {}, act, false);
    case 'undo':
      return acts.undo(alertId, act);
    case 'shelve':
      return acts.shelve(alertId, 60, 'known since yesterday', act);
    case 'unshelve':
      return acts.unshelve(alertId, act);
    case 'hand-over':
      return acts.handOver(alertId, undefined, undefined, act);
  }
}

interface Decided {
  readonly alert: Alert;
  readonly history: readonly AlertEvent[];
}

function decide({ alert, history }: Decided, { kind, act }: Move): Result<AlertChange> {
  switch (kind) {
    case 'acknowledge':
      return acknowledge(alert, act);
    case 'undo':
      return undo(
        alert,
        act,
        history.slice(history.findLastIndex((event) => event.kind === 'acknowledged') + 1),
      );
    case 'shelve':
      return shelve(alert, act, 60, 'known since yesterday');
    case 'unshelve':
      return unshelve(alert, act);
    case 'hand-over':
      return handOver(alert, act, act.actor);
  }
}

/** What the pure model makes of the moves, one after the other: the record, and each one's answer. */
function inTurn(
  before: Decided,
  ...moves: readonly Move[]
): { after: Decided; codes: ReadonlyMap<Move, string> } {
  let after = before;
  const codes = new Map<Move, string>();
  for (const move of moves) {
    const result = decide(after, move);
    codes.set(move, codeOf(result));
    if (result.ok) after = { alert: result.value.alert, history: [...after.history, ...result.value.events] };
  }
  return { after, codes };
}

/** What a decision settles; the end of a shelf is by another clock. */
interface Settled {
  readonly alert: Pick<Alert, 'state' | 'acknowledgedBy' | 'acknowledgedAt' | 'owner' | 'shelvedBy'>;
  readonly history: readonly Pick<AlertEvent, 'kind' | 'actor'>[];
}

const settled = ({ alert, history }: Settled): string => {
  const { state, acknowledgedBy, acknowledgedAt, owner, shelvedBy } = alert;
  const events = history.map(({ kind, actor }) => `${kind} ${actor}`);
  return JSON.stringify({ state, acknowledgedBy, acknowledgedAt, owner, shelvedBy, events });
};

const settledText = `select json_strip_nulls(json_build_object('state', a.state, 'acknowledgedBy', a.acknowledged_by,
      'acknowledgedAt', (extract(epoch from a.acknowledged_at) * 1000)::bigint, 'owner', a.owner,
      'shelvedBy', a.shelved_by)) as alert,
    (select coalesce(json_agg(json_build_object('kind', e.kind, 'actor', e.actor) order by e.id), '[]')
      from vicore.alert_event e where e.alert_id = a.id and e.kind <> 'raised') as history
  from vicore.alert a where a.id = $1`;

const alertCount = 100;
const roundsOfAlert = 10;

async function race(
  pool: pg.Pool,
  random: Random,
  blank: Alert,
  note: (outcome: string) => void,
): Promise<void> {
  let record: Decided = { alert: blank, history: [] };
  for (let round = 0; round < roundsOfAlert; round += 1) {
    // Every alert begins with the same act on both sides, so that nothing is left to chance.
    const kind = round === 0 ? 'acknowledge' : random.of(kinds);
    const mine: Move = { kind, act: actBy('ann') };
    const theirs: Move = {
      kind: round === 0 || random.chance(0.5) ? kind : random.of(kinds),
      act: actBy('bob'),
    };
    const [left, right] = await Promise.all([
      send(one.record.alerts, blank.id, mine),
      send(other.record.alerts, blank.id, theirs),
    ]);
    const { rows } = await pool.query<Settled>(settledText, [blank.id]);
    const found = rows[0];
    if (!found) throw new Error('the alert is gone');
    const codes = [codeOf(left), codeOf(right)].join();
    const order = [inTurn(record, mine, theirs), inTurn(record, theirs, mine)].find(
      (way) =>
        settled(way.after) === settled(found) &&
        [way.codes.get(mine), way.codes.get(theirs)].join() === codes,
    );
    const story = JSON.stringify({ record, mine, theirs, left, right, found }, undefined, 1);
    if (!order) throw new Error(`the two one after the other do not give this: ${story}`);
    record = order.after;
    for (const [move, answer] of [
      [mine, left],
      [theirs, right],
    ] as const) {
      note(`${move.kind}: ${codeOf(answer)}`);
      if (answer.ok) continue;
      // Told who and when, wherever it was somebody.
      const { by, at, reason, acknowledgedBy, acknowledgedAt } = answer.error.details ?? {};
      const who = answer.error.code === 'conflict' ? by : acknowledgedBy;
      const when = answer.error.code === 'conflict' ? at : acknowledgedAt;
      if (reason === 'not-acknowledged' || reason === 'has-it-already') continue;
      if (reason === 'not-shelved' && !record.history.some((event) => event.kind === 'unshelved')) continue;
      expect([who, typeof when], story).toEqual([expect.stringMatching(/^(ann|bob)$/), 'number']);
    }
  }
  // Closing is part of the act that did it.
  const acts = record.history.filter((event) => event.kind !== 'closed').length;
  const audit = await pool.query('select from vicore.audit_log where entity_id = $1', [blank.id]);
  expect(audit.rowCount).toBe(acts);
}

test('two people at the same alert a thousand times: one outcome, both told, the history complete', async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  process.stdout.write(`seed ${seed}\n`);
  const random = createRandom(seed);
  const stored = await storeAlerts(
    database.ownerUrl,
    Array.from({ length: alertCount }, (_, index) =>
      index % 4 === 0 ? { state: 'cleared-unacknowledged' } : {},
    ),
  );
  const met = new Set<string>();
  const pool = openPool(database.ownerUrl);
  try {
    for (const [index, { id, passId }] of stored.entries()) {
      const cleared = index % 4 === 0;
      const state = cleared ? 'cleared-unacknowledged' : 'active-unacknowledged';
      const rest = {
        rule: 'height',
        severity: 'critical',
        raisedAt: 0,
        receivedAt: 0,
        provisional: false,
      } as const;
      await race(pool, random, { id, passId, state, present: !cleared, ...rest }, (outcome) =>
        met.add(outcome),
      );
    }
    expect([...met].toSorted(), `seed ${seed}`).toEqual(
      kinds
        .flatMap((kind) => [
          `${kind}: ok`,
          `${kind}: ${kind === 'acknowledge' ? 'already-acknowledged' : 'conflict'}`,
        ])
        .toSorted(),
    );
    expect((await pool.query('select * from vicore.verify_audit()')).rows).toEqual([]);
  } finally {
    await pool.end();
  }
}, 120_000);
