import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'vitest';
import type { AlertEvent, Rule } from '../../contract/domain.ts';
import { isShelved } from '../../main/alerts/lifecycle.ts';
import { nothingWanted, readSharedRows } from '../../main/postgres/shared-rows.ts';
import { replayed, toldOf } from './alert-history.ts';
import type { Sequence } from './model-lane.ts';
import { alertsOf } from './model-workstation.ts';
import type { ModelWorkstation } from './model-workstation.ts';
import { asExpected } from './recording.ts';
import { until } from './until.ts';

export interface ModelInvariant {
  /** docs/faults.md: stored once, listed once, told at least once, nothing lost that somebody was told is done. */
  look(): Promise<void>;
  /** Every workstation has its links and has judged everything: brings all together, and all have the same. */
  allTheSame(): Promise<void>;
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

/** The invariant of the model-based test, on the shared record and on every workstation. */
export function createModelInvariant({ lane, passId, done }: Sequence): ModelInvariant {
  const { owner, stations, camera } = lane;
  const looked = new Map<ModelWorkstation, number>();

  const sharedNow = () => readSharedRows(owner, { ...nothingWanted, wholePassIds: [passId] });

  const byAlert = (events: readonly AlertEvent[], id: string): AlertEvent[] =>
    events.filter((event) => event.alertId === id);

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
        ? (await act.station.store().pendingActs()).filter(
            (pending) => pending.act.at === act.at || pending.undo?.at === act.at,
          )
        : [];
      const told = done.filter(
        (other) =>
          other.alertId === act.alertId &&
          other.actor === act.actor &&
          other.kinds[0] === act.kinds[0] &&
          !other.provisional,
      );
      // The very act, under its own time.
      const own = entries.filter(({ at }) => at === act.at);
      if (act.provisional) expect(own.length + kept.length, 'a kept act').toBeGreaterThan(0);
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
      // Of what it is now: a rise and a return are told anew.
      const { severity, value } = alert;
      expect(station.told.get(alert.id), `told of ${alert.id} at ${station.name}`).toMatchObject({
        severity,
        value,
      });
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

  return { look, allTheSame };
}
