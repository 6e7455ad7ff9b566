import { fixedSide, positionCount } from '../springs/position.ts';
import { addBeginning, isFull } from './history-beginnings.ts';
import type { Beginning, Beginnings } from './history-beginnings.ts';
import { addLatest, covers, reachesFar } from './history-latest.ts';
import type { Latest } from './history-latest.ts';
import { insertSorted, isLater } from './history-order.ts';
import type { HistoryQuery, HistoryReads, HistoryRow } from './history-row.ts';
import type { PastOfVehicle } from './judge-vehicle.ts';

/*
 * The past of vehicles for rules 5 (trend) and 6 (unseen): a bounded cache that is exact. Per vehicle and site it
 * holds the beginnings of each position's history, and a few of the latest passes. It reads pages until it has
 * enough, follows what the fold judges itself, and forgets a vehicle whenever a pass that counts for it is judged
 * differently: then it reads again. Passes of the batch that is not committed yet stand before what is on record.
 */

export interface Site {
  readonly site: string;
  readonly siteTrack: string;
}

export interface Need {
  readonly vehicleNumber: string;
  readonly axles: number;
  readonly window: number;
  /** The pass has blank springs: rule 6 looks at the latest passes. */
  readonly blank: boolean;
}

/** An ended pass as it is now. */
export interface JudgedPass extends Site {
  readonly passId: string;
  /** By vehicle number, of all its vehicles that are history. */
  readonly rows: ReadonlyMap<string, readonly HistoryRow[]>;
  /** Vehicle numbers of which a row is new. */
  readonly added: Iterable<string>;
  /** Vehicle numbers of which a row that was history before changed or went. */
  readonly changed: Iterable<string>;
}

export interface VehicleHistories {
  /** Makes `past` answer for these vehicles. Undefined when nothing has to be read. */
  prepare(
    site: Site,
    before: number,
    unseenPasses: number,
    needs: readonly Need[],
  ): Promise<void> | undefined;
  past(site: Site, before: number, vehicleNumber: string | undefined): PastOfVehicle;
  judged(pass: JudgedPass): void;
  /** The passes judged so far are on record now. */
  committed(): void;
  reset(): void;
}

interface Memory {
  beginnings?: Beginnings | undefined;
  latest?: Latest | undefined;
}

const allOfTime = 8_640_000_000_000_000;
const firstPage = 16;
const nextPages = 256;
const vehiclesKept = 4_000;

const nothing: PastOfVehicle = { baseline: () => [], blankInLatest: () => false };

export function createVehicleHistories(reads: HistoryReads): VehicleHistories {
  const memories = new Map<string, Memory>();
  /** Passes of the uncommitted batch: they replace what is on record of the same pass. */
  const uncommitted = new Map<string, ReadonlyMap<string, readonly HistoryRow[]>>();
  /** Latest rows before an older pass, read for one judgement only. */
  const olderRows = new Map<string, HistoryRow[]>();

  const keyOf = ({ site, siteTrack }: Site, vehicleNumber: string): string =>
    JSON.stringify([site, siteTrack, vehicleNumber]);

  function memoryOf(site: Site, vehicleNumber: string): Memory {
    const key = keyOf(site, vehicleNumber);
    const memory = memories.get(key) ?? {};
    memories.delete(key);
    memories.set(key, memory);
    return memory;
  }

  /** Reads on, page by page, for all vehicles that want more; rows of uncommitted passes are left out. */
  async function readPages(
    query: Omit<HistoryQuery, 'vehicleNumbers' | 'offset' | 'limit'>,
    vehicleNumbers: readonly string[],
    take: (vehicleNumber: string, rows: readonly HistoryRow[], last: boolean) => boolean,
  ): Promise<void> {
    let wanting = vehicleNumbers;
    let offset = 0;
    let limit = firstPage;
    while (wanting.length > 0) {
      const found = await reads.history({ ...query, vehicleNumbers: wanting, offset, limit });
      const asked = limit;
      wanting = wanting.filter((vehicleNumber) => {
        const rows = found.get(vehicleNumber) ?? [];
        const last = rows.length < asked;
        const onRecord = rows.filter((row) => !uncommitted.has(row.passId));
        return take(vehicleNumber, onRecord, last) && !last;
      });
      offset += limit;
      limit = nextPages;
    }
  }

  function* uncommittedRows(site: Site, vehicleNumber: string): Generator<HistoryRow> {
    for (const rows of uncommitted.values()) yield* rows.get(keyOf(site, vehicleNumber)) ?? [];
  }

  async function readBeginnings(site: Site, needs: readonly Need[]): Promise<void> {
    const fresh = new Map<string, Beginnings>();
    for (const { vehicleNumber, window, axles } of needs) {
      const byPosition = Array.from({ length: positionCount(axles) }, (): Beginning[] => []);
      const beginnings = { window, byPosition };
      for (const row of uncommittedRows(site, vehicleNumber)) addBeginning(beginnings, row);
      fresh.set(vehicleNumber, beginnings);
    }
    const query = { ...site, before: allOfTime, order: 'earliest' } as const;
    await readPages(query, [...fresh.keys()], (vehicleNumber, rows) => {
      const beginnings = fresh.get(vehicleNumber);
      if (!beginnings) return false;
      for (const row of rows) addBeginning(beginnings, row);
      const lastRead = rows.at(-1);
      // Entries of uncommitted passes may lie beyond what was read: only what is before it is settled.
      const settled =
        lastRead !== undefined &&
        beginnings.byPosition.every((list) => {
          const last = list.at(-1);
          return last !== undefined && !isLater(last, lastRead);
        });
      return !(settled && isFull(beginnings));
    });
    for (const [vehicleNumber, beginnings] of fresh) memoryOf(site, vehicleNumber).beginnings = beginnings;
  }

  async function readLatest(
    site: Site,
    before: number,
    passes: number,
    vehicleNumbers: readonly string[],
  ): Promise<Map<string, Latest>> {
    const found = new Map<string, Latest>();
    const query = { ...site, before, order: 'latest' } as const;
    await readPages(query, vehicleNumbers, (vehicleNumber, rows, last) => {
      const latest = found.get(vehicleNumber) ?? { rows: [], all: false };
      latest.rows.push(...rows);
      latest.all = last;
      found.set(vehicleNumber, latest);
      return !reachesFar(latest.rows, passes);
    });
    for (const [vehicleNumber, latest] of found) {
      const oldest = latest.rows.at(-1);
      for (const row of uncommittedRows(site, vehicleNumber)) {
        if (row.startedAt >= before) continue;
        if (!latest.all && oldest && !isLater(row, oldest)) continue;
        insertSorted(latest.rows, row, (present) => isLater(present, row));
      }
    }
    return found;
  }

  async function read(
    site: Site,
    before: number,
    passes: number,
    beginnings: readonly Need[],
    latest: readonly Need[],
  ): Promise<void> {
    if (beginnings.length > 0) await readBeginnings(site, beginnings);
    const numbers = latest.map((need) => need.vehicleNumber);
    if (numbers.length === 0) return;
    const unknown = numbers.filter((number) => !memoryOf(site, number).latest);
    const found = await readLatest(site, allOfTime, passes, unknown);
    for (const [number, rows] of found) memoryOf(site, number).latest = rows;
    const older = numbers.filter((number) => {
      const known = memoryOf(site, number).latest;
      return !known || !covers(known, before, passes);
    });
    for (const [number, rows] of await readLatest(site, before, passes, older)) {
      olderRows.set(keyOf(site, number), rows.rows);
    }
  }

  function forgetOldest(): void {
    for (const key of memories.keys()) {
      if (memories.size <= vehiclesKept) return;
      memories.delete(key);
    }
  }

  return {
    prepare(site, before, unseenPasses, needs) {
      olderRows.clear();
      const passes = unseenPasses - 1;
      const beginnings = needs.filter(({ vehicleNumber, window, axles }) => {
        const known = memoryOf(site, vehicleNumber).beginnings;
        return !known || known.window < window || known.byPosition.length < positionCount(axles);
      });
      const latest = needs.filter(({ vehicleNumber, blank }) => {
        if (!blank) return false;
        const known = memoryOf(site, vehicleNumber).latest;
        return !known || !covers(known, before, passes);
      });
      forgetOldest();
      if (beginnings.length === 0 && latest.length === 0) return undefined;
      return read(site, before, passes, beginnings, latest);
    },

    past(site, before, vehicleNumber) {
      if (vehicleNumber === undefined) return nothing;
      const key = keyOf(site, vehicleNumber);
      const memory = memories.get(key);
      if (!memory) return nothing;
      const rows = olderRows.get(key) ?? memory.latest?.rows ?? [];
      return {
        baseline(index, window) {
          const list = memory.beginnings?.byPosition[index] ?? [];
          const earlier: number[] = [];
          for (const entry of list) {
            if (entry.startedAt >= before || earlier.length >= window) break;
            earlier.push(entry.relativeCmm);
          }
          return earlier;
        },
        blankInLatest(index, passes) {
          let blank = 0;
          for (const row of rows) {
            if (blank >= passes) break;
            if (row.startedAt >= before || row.blindSides.includes(fixedSide(index))) continue;
            if (!row.blank[index]) return false;
            blank += 1;
          }
          return blank >= passes;
        },
      };
    },

    judged({ passId, rows, added, changed, ...site }) {
      const byKey = new Map<string, readonly HistoryRow[]>();
      for (const [vehicleNumber, own] of rows) byKey.set(keyOf(site, vehicleNumber), own);
      uncommitted.set(passId, byKey);
      for (const vehicleNumber of changed) memories.delete(keyOf(site, vehicleNumber));
      for (const vehicleNumber of added) {
        const memory = memories.get(keyOf(site, vehicleNumber));
        if (!memory) continue;
        for (const row of rows.get(vehicleNumber) ?? []) {
          if (memory.beginnings) addBeginning(memory.beginnings, row);
          if (memory.latest) addLatest(memory.latest, row);
        }
      }
    },

    committed() {
      uncommitted.clear();
    },

    reset() {
      memories.clear();
      uncommitted.clear();
      olderRows.clear();
    },
  };
}
