import { expect } from 'vitest';
import { parseMessage } from '../../main/camera/protocol.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import { storable } from '../../main/postgres/text.ts';
import { folded } from './folded.ts';
import { asExpected } from './recording.ts';
import type { Expected } from './recording.ts';
import { sharedRecord } from './shared-record.ts';
import type { Queryable } from './shared-record.ts';

/** What a camera system sent under one identity, and what of it nobody can have any more. */
export interface SentStream {
  readonly streamId: string;
  readonly site?: string;
  readonly track?: string;
  /** Every text that has a `seq`, in that order. */
  readonly texts: readonly { readonly seq: number; readonly text: string }[];
  readonly lost?: { readonly first: number; readonly last: number };
}

/** The journal of a client that met no fault at all. */
function undisturbed({
  streamId,
  site = 'Folkestone',
  track = 'T1',
  texts,
  lost,
}: SentStream): JournalEntry[] {
  const entries: JournalEntry[] = [
    { kind: 'stream', streamId, receivedAt: 0, info: { streamId, site, track, cameras: [] } },
  ];
  for (const { seq, text } of texts) {
    if (lost && seq === lost.last + 1) {
      entries.push({ kind: 'gap', streamId, receivedAt: 0, first: lost.first, seq: lost.last });
    }
    const common = { streamId, receivedAt: 0, text };
    const parsed = parseMessage(text);
    if (parsed.kind === 'event') entries.push({ ...common, kind: 'event', seq, event: parsed.event });
    else if (parsed.kind === 'rejected')
      entries.push({ ...common, kind: 'rejected', seq, reason: parsed.reason });
  }
  return entries;
}

/** One line for every fact on record, sorted: what differs can be said in a few lines. */
export type Facts = readonly string[];

const factsOf = ({ passes, alerts }: Pick<Expected, 'passes' | 'alerts'>): string[] => [
  ...passes.flatMap(({ vehicles, ...pass }) => [
    `pass ${inKeyOrder(pass)}`,
    ...vehicles.map((vehicle) => `vehicle of ${pass.id} ${inKeyOrder(vehicle)}`),
  ]),
  ...alerts.map((alert) => `alert ${inKeyOrder(alert)}`),
];

/** The value as text, its keys in order and its strings as PostgreSQL can hold them. */
const inKeyOrder = (value: object): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'string') return storable(inner);
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.entries(inner).toSorted(([one], [two]) => (one < two ? -1 : 1));
  });

const rejectedFact = (streamId: string, seq: number, reason: string): string =>
  `rejected ${streamId} ${seq} ${reason}`;
const positionFact = (streamId: string, lastSeq: number): string => `position ${streamId} ${lastSeq}`;

/** The shared record that the streams must leave, whatever happened on the way. */
export async function expectedFacts(streams: readonly SentStream[], size = 100): Promise<Facts> {
  const { store } = await folded(streams.flatMap(undisturbed), { size });
  const vehicles = store.allVehicles();
  return [
    ...factsOf(asExpected([...store.passes.values()], vehicles, [...store.alerts.values()], [])),
    ...store.rejections.flatMap(({ streamId, seq, reason }) =>
      seq === undefined ? [] : [rejectedFact(streamId, seq, reason)],
    ),
    ...[...store.streams.values()].map(({ streamId, lastSeq }) => positionFact(streamId, lastSeq)),
  ].toSorted();
}

export async function actualFacts(database: Queryable): Promise<Facts> {
  const rejected = await database.query<{ stream_id: string; seq: string; reason: string }>(
    'select stream_id, seq, reason from vicore.rejected_message where seq is not null',
  );
  const positions = await database.query<{ stream_id: string; last_seq: string }>(
    // Notes from before a link's first hello have a name, but no events.
    'select stream_id, last_seq from vicore.stream_position where last_seq > 0',
  );
  return [
    ...factsOf(await sharedRecord(database)),
    ...rejected.rows.map((row) => rejectedFact(row.stream_id, Number(row.seq), row.reason)),
    ...positions.rows.map((row) => positionFact(row.stream_id, Number(row.last_seq))),
  ].toSorted();
}

/** What only one of them has: a few of each, as there may be thousands. */
function difference(actual: Facts, expected: Facts): { readonly missing: Facts; readonly unexpected: Facts } {
  const [has, wants] = [new Set(actual), new Set(expected)];
  const few = 5;
  return {
    missing: expected.filter((fact) => !has.has(fact)).slice(0, few),
    unexpected: actual.filter((fact) => !wants.has(fact)).slice(0, few),
  };
}

/**
 * After every fault: each valid event is stored exactly once, each alert listed and raised exactly once, each
 * rejected message listed with reason and `seq`.
 */
export async function expectNothingLost(database: Queryable, streams: readonly SentStream[]): Promise<void> {
  const actual = await actualFacts(database);
  const expected = await expectedFacts(streams);
  expect(difference(actual, expected)).toEqual({ missing: [], unexpected: [] });
  expect(actual).toHaveLength(expected.length);
  const twice = await database.query(
    `select alert_id from vicore.alert_event where kind = 'raised' group by alert_id having count(*) > 1`,
  );
  expect(twice.rows).toEqual([]);
}

export async function lastSeqOf(database: Queryable, streamId: string): Promise<number> {
  const { rows } = await database.query<{ last_seq: string }>(
    'select last_seq from vicore.stream_position where stream_id = $1',
    [streamId],
  );
  return Number(rows[0]?.last_seq ?? 0);
}
