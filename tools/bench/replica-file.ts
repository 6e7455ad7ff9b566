import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { checkMessage } from '../../main/camera/protocol.ts';
import { decodeEvent } from '../../main/decode-event.ts';
import { createFold } from '../../main/passes/fold.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import { createLocalStore } from '../../main/sqlite/local-store.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import { root } from '../setup/index.mjs';
import { buildFleet } from '../simulator/fleet.ts';
import type { Fleet } from '../simulator/fleet.ts';
import { numbered } from '../simulator/generate.ts';
import { createRoster, createTraffic, generateHistory } from '../simulator/traffic.ts';
import type { Roster } from '../simulator/traffic.ts';

const days = 7;
const day = 86_400_000;
/** Both tracks together about 2,700 passes in the seven days, fewer at night as on the line. */
const intervalMs = 390_000;
const seed = 'bench';
const cache = path.join(root, '.cache', 'bench');

export const openStore = (directory: string): Promise<LocalStore> =>
  createLocalStore({
    directory,
    workerUrl: new URL('../../main/sqlite/worker.ts', import.meta.url),
    workstation: 'BENCH',
    decodeEvent,
    onWarning: ({ message }) => {
      throw new Error(message);
    },
  });

/** The file is made anew when the store or the rules that fill it change. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(`${days} ${intervalMs} ${seed}`);
  for (const folder of ['main/sqlite', 'main/passes', 'main/springs', 'main/cars', 'main/alerts']) {
    for (const name of (await readdir(path.join(root, folder))).toSorted()) {
      if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
        hash.update(await readFile(path.join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

interface TrackEntries {
  readonly startedAt: number;
  readonly entries: JournalEntry[];
}

function* entriesOf(track: string, fleet: Fleet, roster: Roster, to: number): Generator<TrackEntries> {
  const streamId = `bench-${track}`;
  const site = `Folkestone ${track}`;
  const cameras = { left: `F${track}L`, right: `F${track}R` };
  const traffic = createTraffic({
    seed: `${seed}-${track}`,
    fleet,
    roster,
    track,
    cameras,
    incidents: 0.15,
  });
  let seq = 1;
  const history = { from: to - days * day, to, intervalMs };
  let first = true;
  for (const pass of generateHistory(traffic, history)) {
    const entries: JournalEntry[] = [];
    if (first) {
      first = false;
      const described = [
        { id: cameras.left, side: 'left' as const, name: 'Left' },
        { id: cameras.right, side: 'right' as const, name: 'Right' },
      ];
      entries.push({
        kind: 'stream',
        streamId,
        receivedAt: pass.startedAt,
        info: { streamId, site, track, cameras: described },
      });
    }
    for (const event of numbered(pass.events, seq)) {
      const checked = checkMessage(event);
      if (checked.kind !== 'event') continue;
      const { event: known } = checked;
      entries.push({
        kind: 'event',
        streamId,
        receivedAt: Date.parse(event.at) + 20,
        seq: event.seq,
        event: known,
        text: JSON.stringify(event),
      });
    }
    seq += pass.events.length;
    yield { startedAt: pass.startedAt, entries };
  }
}

/** Both tracks in the order of time, judged and stored as the product does it. */
async function fill(directory: string): Promise<void> {
  const store = await openStore(directory);
  const fold = createFold(store);
  const to = Date.now();
  const fleet = buildFleet(seed);
  const roster = createRoster(fleet);
  const tracks = ['T1', 'T2'].map((track) => entriesOf(track, fleet, roster, to));
  const heads = tracks.map((track) => track.next());
  for (;;) {
    let earliest = -1;
    for (const [index, head] of heads.entries()) {
      if (head.done) continue;
      const other = heads[earliest];
      if (!other || other.done || head.value.startedAt < other.value.startedAt) earliest = index;
    }
    const head = heads[earliest];
    const track = tracks[earliest];
    if (!head || head.done || !track) break;
    await store.commit(await fold.apply(head.value.entries));
    heads[earliest] = track.next();
  }
  await store.close();
}

/** A copy of a replica of seven days in `directory`; the original is kept in .cache, for making it takes minutes. */
export async function placeReplica(directory: string): Promise<void> {
  const kept = path.join(cache, `replica-${await fingerprint()}`);
  if (!existsSync(kept)) {
    const making = `${kept}-making`;
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { recursive: true });
    console.log('  generating a replica of seven days, once …');
    await fill(making);
    for (const name of await readdir(cache))
      if (name.startsWith('replica-') && !name.endsWith('-making'))
        await rm(path.join(cache, name), { recursive: true, force: true });
    await rename(making, kept);
  }
  await cp(kept, directory, { recursive: true });
}
