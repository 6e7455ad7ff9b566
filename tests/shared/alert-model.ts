import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { expect } from 'vitest';
import type { Alert, AlertEvent, Rule } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { isShelved, isUnacknowledged } from '../../main/alerts/lifecycle.ts';
import type { Act } from '../../main/audit/act.ts';
import { parseMessage } from '../../main/camera/protocol.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import { createFold } from '../../main/passes/fold.ts';
import { nothingWanted, readSharedRows } from '../../main/postgres/shared-rows.ts';
import { replayed, toldOf } from './alert-history.ts';
import { createMemoryStore } from './memory-store.ts';
import { alertsOf } from './model-workstation.ts';
import type { ModelWorkstation } from './model-workstation.ts';
import { asExpected } from './recording.ts';
import { until } from './until.ts';
import type { Random } from './random.ts';

/*
 * One sequence of the model-based test: measurements of one pass, acts of people, restarts and lost links on several
 * workstations, in an order that the seed decides. After every step the invariant of docs/faults.md is looked at;
 * at the end, with every link back, all must have the same.
 */

export interface Lane {
  readonly owner: pg.Client;
  readonly stations: readonly [ModelWorkstation, ...ModelWorkstation[]];
  readonly people: readonly [string, ...string[]];
  readonly camera: Camera;
  /** Counts the acts, so that no two have the same time. */
  lastAct: number;
}

interface Camera {
  readonly streamId: string;
  seq: number;
  entries: JournalEntry[];
  readonly reference: ReturnType<typeof createMemoryStore>;
  readonly fold: ReturnType<typeof createFold>;
}

export function createCamera(streamId: string): Camera {
  const reference = createMemoryStore();
  return { streamId, seq: 0, entries: [], reference, fold: createFold(reference) };
}

interface Done {
  readonly station: ModelWorkstation;
  readonly alertId: string;
  readonly kinds: readonly string[];
  readonly actor: string;
  readonly provisional: boolean;
}

const heights = [171.5, 190, 230, 230, 231, 232, 292] as const;
const places = [
  { axle: 1, side: 'left', nest: 'lead' },
  { axle: 1, side: 'right', nest: 'lead' },
  { axle: 3, side: 'left', nest: 'trail' },
] as const;

export async function runSequence(
  lane: Lane,
  random: Random,
  passNumber: number,
  note: (step: string) => void,
): Promise<void> {
  const { owner, stations, camera } = lane;
  const passId = `0b9f1c1e-0000-4000-8000-${passNumber.toString(16).padStart(12, '0')}`;
  const blind = new Set<ModelWorkstation>();
  const done: Done[] = [];
  const looked = new Map<ModelWorkstation, number>();
  let ended = false;
  camera.entries = [
    {
      kind: 'stream',
      streamId: camera.streamId,
      receivedAt: 0,
      info: { streamId: camera.streamId, site: 'Folkestone', track: camera.streamId, cameras: [] },
    },
  ];

  async function say(fields: object): Promise<void> {
    camera.seq += 1;
    const text = JSON.stringify({ ...fields, seq: camera.seq, at: new Date().toISOString(), passId });
    const parsed = parseMessage(text);
    if (parsed.kind !== 'event') throw new Error(`not a message: ${text}`);
    const { streamId, seq } = camera;
    const entry: JournalEntry = {
      kind: 'event',
      streamId,
      seq,
      receivedAt: Date.now(),
      event: parsed.event,
      text,
    };
    camera.entries.push(entry);
    await camera.reference.commit(await camera.fold.apply([entry]));
  }

  const deliver = (station: ModelWorkstation, wait: boolean): Promise<void> =>
    blind.has(station) ? Promise.resolve() : station.receive(camera.entries, wait);

  async function deliverAll(): Promise<void> {
    for (const station of stations) await deliver(station, !random.chance(0.2));
  }

  function measure(): Promise<void> {
    const defect = random.chance(0.1) ? 'broken' : 'none';
    const measurement = {
      ...random.of(places),
      heightMm: random.of(heights),
      confidence: random.chance(0.15) ? 0.7 : 0.95,
      defect,
      imageId: null,
    };
    const index = 1 + random.below(2);
    return say({ type: 'springs.measured', index, cameraId: 'F1L', measurements: [measurement] });
  }

  async function end(): Promise<void> {
    if (ended) return;
    ended = true;
    await say({ type: 'pass.completed', vehicleCount: 2, speedKmh: 90 });
  }

  function actBy(actor: string, station: ModelWorkstation): Act {
    lane.lastAct = Math.max(lane.lastAct + 1, Date.now());
    return {
      actor,
      subject: actor,
      role: 'supervisor',
      workstation: station.name,
      at: lane.lastAct,
      correlationId: `act-${lane.lastAct}`,
    };
  }

  function remember(
    station: ModelWorkstation,
    result: Result<Alert>,
    actor: string,
    ...kinds: string[]
  ): void {
    if (!result.ok) {
      if (result.error.code === 'internal') throw new Error(result.error.message);
      return;
    }
    const { id: alertId, provisional } = result.value;
    done.push({ station, alertId, kinds, actor, provisional });
  }

  async function actOn(station: ModelWorkstation): Promise<string> {
    const actor = random.of(lane.people);
    const act = actBy(actor, station);
    const { acts } = station;
    const listed = await alertsOf(station, passId);
    const alert = random.any(listed);
    if (!alert) return 'nothing to act on';
    const kind = random.of([
      'acknowledge',
      'acknowledge',
      'acknowledge',
      'acknowledge',
      'comment',
      'undo',
      'undo',
      'hand over',
      'shelve',
      'unshelve',
      'verdict',
    ] as const);
    // The link may end while the answer is on its way: whether it was done is not known then (fault 14).
    const cut = random.chance(0.08);
    const answer = perform();
    if (cut) {
      for (let turns = random.below(4); turns > 0; turns -= 1) await turn();
      station.cut();
    }
    const result = await answer;
    return `${actor} at ${station.name}: ${kind} ${alert.id.slice(0, 8)}${cut ? ', cut' : ''}: ${
      result.ok ? `done${result.value.provisional ? ' here' : ''}` : result.error.code
    }`;

    async function perform(): Promise<Result<Alert>> {
      const { id } = alert ?? { id: '' };
      switch (kind) {
        case 'acknowledge': {
          const given = await station.acknowledge(id, { comment: 'seen' }, act);
          remember(station, given, actor, 'acknowledged', 'acknowledged-late');
          return given;
        }
        case 'comment': {
          const given = await acts.comment(id, `said at ${act.at}`, act);
          remember(station, given, actor, 'commented');
          return given;
        }
        case 'undo': {
          const given = await acts.undo(id, act);
          remember(station, given, actor, 'acknowledgement-undone');
          return given;
        }
        case 'hand over': {
          const given = await acts.handOver(id, random.of(lane.people), undefined, act);
          remember(station, given, actor, 'handed-over');
          return given;
        }
        case 'shelve': {
          const given = await acts.shelve(id, 1 + random.below(60), 'known', act);
          remember(station, given, actor, 'shelved');
          return given;
        }
        case 'unshelve': {
          const given = await acts.unshelve(id, act);
          remember(station, given, actor, 'unshelved');
          return given;
        }
        case 'verdict': {
          const given = await acts.verdict(id, random.of(['true', 'false', 'not-found']), undefined, act);
          remember(station, given, actor, 'verdict');
          return given;
        }
      }
    }
  }

  /** As if it were an hour later: shelves end, what nobody acknowledged escalates. */
  async function timePasses(): Promise<void> {
    await owner.query(
      `update vicore.alert set shelved_until = shelved_until - interval '61 minutes',
         unacknowledged_since = unacknowledged_since - interval '61 minutes' where pass_id = $1`,
      [passId],
    );
    await owner.query(`select vicore.alert_tick(60, 'MODEL')`);
  }

  /** One writes, with a link if it can get one; the others hear of it sooner or later. */
  async function share(station: ModelWorkstation, cut: boolean): Promise<void> {
    if (!station.hasDatabase() && random.chance(0.7)) await station.connect();
    await station.write(cut);
    for (const other of stations) if (random.chance(0.7)) await other.follow();
  }

  /** Acknowledges what is open, each by itself, and confirms the pass. */
  async function confirm(station: ModelWorkstation): Promise<string> {
    const actor = random.of(lane.people);
    for (const alert of await alertsOf(station, passId)) {
      if (!isUnacknowledged(alert) || random.chance(0.05)) continue;
      const given = await station.acknowledge(alert.id, {}, actBy(actor, station));
      remember(station, given, actor, 'acknowledged', 'acknowledged-late');
    }
    const confirmed = await station.acts.confirm(passId, undefined, actBy(actor, station));
    return `${actor} confirms: ${confirmed.ok ? 'done' : confirmed.error.code}`;
  }

  async function step(): Promise<string> {
    const station = random.of(stations);
    const choice = random.below(100);
    if (choice < 26) {
      await measure();
      await deliverAll();
      if (random.chance(0.6)) await share(station, random.chance(0.1));
      return 'a measurement';
    }
    if (choice < 34) {
      await end();
      await deliverAll();
      await share(station, random.chance(0.1));
      return 'the end of the pass';
    }
    if (choice < 70) return actOn(station);
    if (choice < 74) return confirm(station);
    if (choice < 82) {
      const cut = random.chance(0.1);
      await share(station, cut);
      return `${station.name} writes${cut ? ', cut' : ''}`;
    }
    if (choice < 85) {
      await station.restart(false);
      return `${station.name} starts anew`;
    }
    if (choice < 88) {
      if (random.chance(0.5)) {
        await measure();
        await deliver(station, false);
      }
      await station.restart(true);
      return `${station.name} is killed`;
    }
    if (choice < 92) {
      station.cut();
      return `${station.name} loses the database`;
    }
    if (choice < 95) {
      blind.add(station);
      return `${station.name} loses the cameras`;
    }
    if (choice < 97) {
      blind.delete(station);
      await deliver(station, true);
      return `${station.name} has the cameras again`;
    }
    await timePasses();
    return 'an hour passes';
  }

  const sharedNow = () => readSharedRows(owner, { ...nothingWanted, wholePassIds: [passId] });

  const byAlert = (events: readonly AlertEvent[], id: string): AlertEvent[] =>
    events.filter((event) => event.alertId === id);

  /** docs/faults.md: stored once, listed once, told at least once, nothing lost that somebody was told is done. */
  async function look(): Promise<void> {
    const shared = await sharedNow();
    for (const alert of shared.alerts) {
      const history = byAlert(shared.alertEvents, alert.id);
      expect(history.filter((event) => event.kind === 'raised')).toHaveLength(1);
      expect(replayed(alert, history), `history of ${alert.id}`).toEqual(toldOf(alert));
    }
    const position = shared.streams.find((stream) => stream.streamId === camera.streamId)?.lastSeq ?? 0;
    for (const station of stations) {
      // What nothing has touched is as it was when it was looked at.
      if (looked.get(station) === station.touched()) continue;
      looked.set(station, station.touched());
      await lookAt(station, position);
      expect(station.faults, station.name).toEqual([]);
    }
    for (const act of done) {
      const entries = byAlert(shared.alertEvents, act.alertId).filter(
        (event) => event.actor === act.actor && act.kinds.includes(event.kind),
      );
      const kept = act.provisional
        ? (await act.station.store().pendingActs()).filter((pending) => pending.alertId === act.alertId)
        : [];
      const told = done.filter(
        (other) =>
          other.alertId === act.alertId &&
          other.actor === act.actor &&
          other.kinds[0] === act.kinds[0] &&
          !other.provisional,
      );
      if (act.provisional) expect(entries.length + kept.length, 'a kept act').toBeGreaterThan(0);
      else expect(entries.length, `acts of ${act.actor}`).toBeGreaterThanOrEqual(told.length);
    }
  }

  async function lookAt(station: ModelWorkstation, position: number): Promise<void> {
    const store = station.store();
    const journal = await store.read(0, 2_000);
    const seqs = new Set(journal.flatMap(({ entry }) => ('seq' in entry ? [entry.seq] : [])));
    const received = (await store.lastSeqs()).get(camera.streamId) ?? 0;
    for (let seq = position + 1; seq <= received; seq += 1) {
      expect(seqs.has(seq), `${station.name} has lost event ${seq}`).toBe(true);
    }
    const listed = await alertsOf(station, passId);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
    // What was considered before has been told when the store has answered this.
    await store.unnotified([]);
    await turn();
    for (const alert of listed) {
      if (alert.state !== 'active-unacknowledged' || isShelved(alert, Date.now())) continue;
      expect(station.told.get(alert.id) ?? 0, `${station.name}, ${alert.id} told`).toBeGreaterThan(0);
    }
  }

  /** What was sent before a link was cut may still be carried out. */
  const nothingUnderWay = (): Promise<void> =>
    until(async () => {
      const { rowCount } = await owner.query(
        `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
           and state in ('active', 'idle in transaction')`,
      );
      return rowCount === 0;
    }, 10_000);

  async function allTheSame(): Promise<void> {
    blind.clear();
    await end();
    for (const station of stations) {
      await station.connect();
      await deliver(station, true);
    }
    await nothingUnderWay();
    for (const station of stations) await station.write(false);
    // The first round sends what was kept; of that, all hear in the second.
    let kept = 0;
    for (const station of stations) kept += (await station.store().pendingActs()).length;
    for (const station of stations) await station.follow();
    if (kept > 0) for (const station of stations) await station.follow();
    await look();
    const shared = await sharedNow();
    const expected = inOrder(shared.alerts).map(plain);
    const judged = [...camera.reference.alerts.values()].filter((alert) => alert.passId === passId);
    expect(expected.map(conditionOf)).toEqual(inOrder(judged).map(conditionOf));
    const vehicles = camera.reference.allVehicles().filter((vehicle) => vehicle.passId === passId);
    expect(asExpected(shared.passes.map(unconfirmed), shared.vehicles, [], [])).toEqual(
      asExpected(
        [...camera.reference.passes.values()].filter((pass) => pass.id === passId).map(unconfirmed),
        vehicles,
        [],
        [],
      ),
    );
    const [sharedPass] = shared.passes;
    if (!sharedPass) throw new Error('the pass is not in the shared record');
    const { work: _work, ...pass } = sharedPass;
    for (const station of stations) {
      const own = await alertsOf(station, passId);
      expect(own.map(plain), `alerts at ${station.name}`).toEqual(expected);
      const detail = await station.store().getPass(passId);
      expect(plain(detail?.pass ?? {}), `pass at ${station.name}`).toEqual(plain(pass));
      for (const { id } of shared.alerts) {
        const history = (await station.store().getAlert(id))?.events ?? [];
        expect(namesOf(history), `history of ${id} at ${station.name}`).toEqual(
          namesOf(byAlert(shared.alertEvents, id)),
        );
      }
      expect(await station.store().pendingActs()).toEqual([]);
    }
  }

  await say({
    type: 'pass.started',
    trainNumber: String(1_000 + (passNumber % 9_000)),
    track: 'T1',
    direction: 'uk-fr',
  });
  for (const index of [1, 2]) {
    await say({
      type: 'vehicle.identified',
      index,
      // Some come again: the same finding on the same spring in pass after pass.
      vehicleNumber: index === 1 ? `known ${passNumber % 7}` : `once ${passNumber}`,
      vehicleType: 'carrier-truck',
      axles: 4,
      leadingEnd: 'A',
    });
  }
  await deliverAll();
  const steps = 6 + random.below(7);
  for (let number = 0; number < steps; number += 1) {
    note(await step());
    await look();
  }
  note('every link is back');
  await allTheSame();
}

const inOrder = <Row extends { readonly id: string }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((left, right) => (left.id < right.id ? -1 : 1));

/** Without what is absent. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** What the analysis alone decides. */
const conditionOf = (value: unknown): unknown => {
  const { id, rule, severity, present, position, vehicleIndex } = value as {
    readonly id: string;
    readonly rule: Rule;
    readonly severity: string;
    readonly present: boolean;
    readonly position?: string;
    readonly vehicleIndex?: number;
  };
  return { id, rule, severity, present, position, vehicleIndex };
};

const unconfirmed = <Pass extends { readonly status: string }>(pass: Pass): Pass & { status: 'pending' } => ({
  ...pass,
  status: 'pending',
});

/** What the entries of a history say, in no order: two workstations receive an event at different times. */
const namesOf = (events: readonly AlertEvent[]): string[] =>
  events
    .map(({ kind, actor, details }) => `${kind} ${actor} ${JSON.stringify(details['seq'] ?? '')}`)
    .toSorted();
