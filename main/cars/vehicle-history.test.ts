import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryQuery, HistoryRow } from './history-row.ts';
import { createVehicleHistories } from './vehicle-history.ts';
import type { VehicleHistories } from './vehicle-history.ts';

const site = { site: 'Folkestone', siteTrack: 'T1' };
const number = '9870 1001';
const passes = 2;

const passIdAt = (startedAt: number): string => `pass-${String(startedAt).padStart(4, '0')}`;

const rowArbitrary = (startedAt: number): fc.Arbitrary<HistoryRow> =>
  fc.record({
    passId: fc.constant(passIdAt(startedAt)),
    startedAt: fc.constant(startedAt),
    axles: fc.constant(2),
    relativeCmm: fc.array(fc.option(fc.integer({ min: -500, max: 500 })), { minLength: 8, maxLength: 8 }),
    states: fc.array(fc.constantFrom('ok', 'ok', 'warning', 'unmeasured'), { minLength: 8, maxLength: 8 }),
    blank: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    blindSides: fc.constantFrom<('L' | 'R')[]>([], [], ['L'], ['R'], ['L', 'R']),
  });

/** What the rules say, read from all rows at once. */
function expectedBaseline(
  rows: readonly HistoryRow[],
  before: number,
  index: number,
  window: number,
): number[] {
  return rows
    .filter((row) => row.startedAt < before && row.states[index] === 'ok' && row.relativeCmm[index] !== null)
    .toSorted((left, right) => left.startedAt - right.startedAt)
    .slice(0, window)
    .map((row) => row.relativeCmm[index] ?? 0);
}

function expectedBlank(rows: readonly HistoryRow[], before: number, index: number): boolean {
  const side = index % 4 < 2 ? 'L' : 'R';
  const latest = rows
    .filter((row) => row.startedAt < before && !row.blindSides.includes(side))
    .toSorted((left, right) => right.startedAt - left.startedAt)
    .slice(0, passes);
  return latest.length === passes && latest.every((row) => row.blank[index]);
}

function store(rows: ReadonlyMap<string, HistoryRow>, log: HistoryQuery[]) {
  return {
    history: (query: HistoryQuery) => {
      log.push(query);
      const own = [...rows.values()]
        .filter((row) => row.startedAt < query.before)
        .toSorted((left, right) => left.startedAt - right.startedAt);
      if (query.order === 'latest') own.reverse();
      return Promise.resolve(new Map([[number, own.slice(query.offset, query.offset + query.limit)]]));
    },
  };
}

const times = fc.nat(60);
const step = fc.oneof(
  { weight: 4, arbitrary: times.chain((at) => fc.record({ judge: rowArbitrary(at) })) },
  { weight: 3, arbitrary: fc.record({ ask: fc.nat(70) }) },
  { weight: 1, arbitrary: fc.record({ remove: times.map(passIdAt) }) },
  { weight: 1, arbitrary: fc.constant('commit' as const) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

test('the cache answers as if it read everything each time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 80 }), async (steps) => {
      const onRecord = new Map<string, HistoryRow>();
      const now = new Map<string, HistoryRow>();
      const histories = createVehicleHistories(store(onRecord, []));
      const tell = (passId: string, row: HistoryRow | undefined): void => {
        const known = now.has(passId);
        const rows = new Map(row ? [[number, [row]]] : []);
        if (row) now.set(passId, row);
        else now.delete(passId);
        const added = row && !known ? [number] : [];
        histories.judged({ ...site, passId, rows, added, changed: known ? [number] : [] });
      };
      for (const taken of steps) {
        if (taken === 'commit' || taken === 'restart') {
          onRecord.clear();
          for (const [id, row] of now) onRecord.set(id, row);
          histories.committed();
          if (taken === 'restart') histories.reset();
        } else if ('judge' in taken) tell(taken.judge.passId, taken.judge);
        else if ('remove' in taken) tell(taken.remove, undefined);
        else await compare(histories, [...now.values()], taken.ask);
      }
    }),
    { numRuns: 300 },
  );
});

async function compare(
  histories: VehicleHistories,
  rows: readonly HistoryRow[],
  before: number,
): Promise<void> {
  const needs = [{ vehicleNumber: number, axles: 2, window: 3, blank: true }];
  await histories.prepare(site, before, passes + 1, needs);
  const past = histories.past(site, before, number);
  for (let index = 0; index < 8; index += 1) {
    expect(past.baseline(index, 3)).toEqual(expectedBaseline(rows, before, index, 3));
    expect(past.blankInLatest(index, passes)).toBe(expectedBlank(rows, before, index));
  }
}

test('reads once, then follows what is judged', async () => {
  const queries: HistoryQuery[] = [];
  const histories = createVehicleHistories(store(new Map(), queries));
  const need = [{ vehicleNumber: number, axles: 2, window: 10, blank: true }];
  for (let at = 0; at < 40; at += 1) {
    await histories.prepare(site, at, 3, need);
    const [row] = fc.sample(rowArbitrary(at), 1);
    if (!row) throw new Error('a row');
    const rows = new Map([[number, [row]]]);
    histories.judged({ ...site, passId: row.passId, rows, added: [number], changed: [] });
  }
  expect(queries.map((query) => query.order)).toEqual(['earliest', 'latest']);
});
