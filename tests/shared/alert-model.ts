import type { JournalEntry } from '../../main/passes/events.ts';
import { parseMessage } from '../../main/camera/protocol.ts';
import { createModelPeople } from './model-acts.ts';
import { createModelInvariant } from './model-invariant.ts';
import type { Done, Lane } from './model-lane.ts';
import type { ModelWorkstation } from './model-workstation.ts';
import type { Random } from './random.ts';

/*
 * One sequence of the model-based test: measurements of one pass, acts of people, restarts and lost links on several
 * workstations, in an order that the seed decides. After every step the invariant of docs/faults.md is looked at;
 * at the end, with every link back, all must have the same.
 */

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
  const sequence = { lane, passId, random, done };
  const people = createModelPeople(sequence);
  const invariant = createModelInvariant(sequence);
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
    for (const other of stations) if (random.chance(0.7)) await other.follow(random.chance(0.05));
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
    if (choice < 70) return people.actOn(station);
    if (choice < 74) return people.confirm(station);
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
    await invariant.look();
  }
  note('every link is back');
  blind.clear();
  await end();
  for (const station of stations) {
    await station.connect();
    await deliver(station, true);
  }
  await invariant.allTheSame();
}
