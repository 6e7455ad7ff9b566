import type { AlertTransition, FoldOutcome, Rejection, StreamState } from './ports.ts';
import { recordPass } from './working-pass.ts';
import type { WorkingPass } from './working-pass.ts';
import { recordVehicle } from './working-vehicle.ts';

/** What the entries being applied have changed so far. */
export interface Batch {
  readonly streams: Map<string, StreamState>;
  readonly passes: Set<WorkingPass>;
  readonly transitions: AlertTransition[];
  readonly rejections: Rejection[];
  readonly notes: FoldOutcome['notes'][number][];
}

/** What caused a change: an event, or silence noticed at a time. */
export interface Cause {
  readonly streamId: string;
  readonly seq: number;
  /** Camera clock. */
  readonly at: number;
  readonly receivedAt: number;
}

export const emptyBatch = (): Batch => ({
  streams: new Map(),
  passes: new Set(),
  transitions: [],
  rejections: [],
  notes: [],
});

export function outcomeOf(batch: Batch): FoldOutcome {
  const passes = [...batch.passes];
  return {
    streams: [...batch.streams.values()].map((stream) => ({ ...stream })),
    passes: passes.map(recordPass),
    vehicles: passes.flatMap((pass) => {
      const records = [...pass.changedVehicles].map((vehicle) => recordVehicle(pass.row.id, vehicle));
      pass.changedVehicles.clear();
      return records;
    }),
    transitions: batch.transitions,
    rejections: batch.rejections,
    notes: batch.notes,
  };
}

const keptBytes = new Uint8Array(4096);

/** The first 4 KiB of a message, never half a character (docs/camera-protocol.md, invalid messages). */
export const keptText = (text: string): string =>
  text.slice(0, new TextEncoder().encodeInto(text, keptBytes).read);

/** Lists a message as rejected. One message is listed once, whatever it loses. */
export function reject(batch: Batch, cause: Cause, text: string, reason: string): void {
  const { streamId, seq, receivedAt } = cause;
  const known = batch.rejections.some((other) => other.streamId === streamId && other.seq === seq);
  if (!known) batch.rejections.push({ streamId, seq, at: receivedAt, reason, text: keptText(text) });
}
