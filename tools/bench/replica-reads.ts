import type { LocalStore } from '../../main/sqlite/local-store.ts';
import { alsoEach, atMost } from './benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { figure, milliseconds } from './figures.ts';
import { openStore, placeReplica } from './replica-file.ts';
import { withScratch } from './scratch.ts';
import { percentile, timedEach } from './statistics.ts';

const title = 'any list or detail a window asks for, p95, replica of 7 days, in main';
const limitMs = 10;
const readsARound = 40;

interface Places {
  readonly passes: readonly {
    readonly id: string;
    readonly trainNumber: string;
    readonly vehicles: number;
  }[];
  readonly numbers: readonly string[];
  readonly alerts: readonly string[];
}

/** What there is to ask for: passes from the newest to the oldest, numbers of vehicles, alerts. */
async function explore(store: LocalStore): Promise<Places> {
  const passes: { id: string; trainNumber: string; vehicles: number }[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.listPasses({ limit: 200, cursor });
    for (const { id, trainNumber, vehicleCount } of page.items)
      if (vehicleCount !== undefined) passes.push({ id, trainNumber, vehicles: vehicleCount });
    ({ cursor } = page);
  } while (cursor !== undefined);
  const newest = passes[0] ? await store.getPass(passes[0].id) : undefined;
  const numbers = (newest?.vehicles ?? []).flatMap(({ vehicleNumber }) => vehicleNumber ?? []);
  const alerts = (await store.listAlerts({ limit: 200 })).items.map(({ id }) => id);
  if (passes.length < 1000 || numbers.length === 0 || alerts.length === 0)
    throw new Error('the replica is not filled');
  return { passes, numbers, alerts };
}

function chosen<T>(list: readonly T[], step: number): T {
  const item = list[(step * 37) % list.length];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

async function readsOf(store: LocalStore, { passes, numbers, alerts }: Places) {
  const second = (await store.listPasses({ limit: 50 })).cursor;
  const trend = async (step: number) => {
    const { id, vehicles } = chosen(passes, step);
    return store.springTrend({
      passId: id,
      vehicleIndex: 1 + (step % vehicles),
      position: '1La',
      limit: 50,
    });
  };
  const reads: Readonly<Record<string, (step: number) => Promise<unknown>>> = {
    'passes.list': () => store.listPasses({ limit: 50 }),
    'passes.list, next page': () => store.listPasses({ limit: 50, cursor: second }),
    'passes.list, 200 at once': () => store.listPasses({ limit: 200 }),
    'passes.list, search': (step) =>
      store.listPasses({ limit: 50, search: chosen(passes, step).trainNumber }),
    'passes.get': (step) => store.getPass(chosen(passes, step).id),
    'cars.get': (step) => {
      const { id, vehicles } = chosen(passes, step);
      return store.getCar(id, 1 + (step % vehicles));
    },
    'cars.history': (step) => store.carHistory({ vehicleNumber: chosen(numbers, step), limit: 50 }),
    'springs.trend, 50 passes': trend,
    'alerts.list, open': () => store.listAlerts({ limit: 200, open: true }),
    'alerts.list, all': () => store.listAlerts({ limit: 200 }),
    'alerts.list, critical': () => store.listAlerts({ limit: 100, severity: 'critical' }),
    'alerts.list, of a pass': (step) => store.listAlerts({ limit: 100, passId: chosen(passes, step).id }),
    'alerts.get': (step) => store.getAlert(chosen(alerts, step)),
    'alert counts': () => store.alertCounts(),
    'monitoring.rejected': () => store.listRejected({ limit: 50 }),
    'count of rejected': () => store.countRejected(),
  };
  return Object.entries(reads);
}

/** B14: every read, round after round; what counts is the slowest kind of read in each round. */
export const replicaReads: Benchmark = {
  ids: ['B14'],
  title,
  measure: (effort) =>
    withScratch(async (scratch) => {
      const directory = await scratch.directory();
      await placeReplica(directory);
      const store = await openStore(directory);
      scratch.atEnd(() => store.close());
      const places = await explore(store);
      const reads = await readsOf(store, places);
      for (const [, read] of reads) await timedEach(10, read);
      const worst: number[] = [];
      const all = new Map(reads.map(([name]) => [name, [] as number[]]));
      for (let round = 0; round < effort.pairs(10); round += 1) {
        let slowest = 0;
        for (const [name, read] of reads) {
          const times = await timedEach(readsARound, (run) => read(round * readsARound + run));
          all.get(name)?.push(...times);
          slowest = Math.max(slowest, percentile(times, 0.95));
        }
        worst.push(slowest);
      }
      const slowestFirst = [...all].toSorted(([, a], [, b]) => percentile(b, 0.95) - percentile(a, 0.95));
      return [
        {
          kind: 'absolute',
          id: 'B14',
          title,
          unit: 'ms (p95 of the slowest read of a round)',
          goal: alsoEach(atMost(limitMs), 'in every round', limitMs),
          values: worst,
          details: [
            `replica of ${figure(places.passes.length)} ended passes; p95 of each read over all rounds: ${slowestFirst
              .map(([name, times]) => `${name} ${milliseconds(percentile(times, 0.95))}`)
              .join(', ')}`,
          ],
        },
      ];
    }),
};
