import { gapAlertId } from '../alerts/identity.ts';
import { createVehicleHistories } from '../cars/vehicle-history.ts';
import type { VehicleHistories } from '../cars/vehicle-history.ts';
import { applyEvent } from './apply-event.ts';
import { emptyBatch, outcomeOf, reject } from './batch.ts';
import type { Batch, Cause } from './batch.ts';
import { endPass } from './end-pass.ts';
import type { JournalEntry, StreamInfo } from './events.ts';
import { judgeEnded } from './judge-pass.ts';
import { createPassMemory } from './pass-memory.ts';
import type { PassMemory } from './pass-memory.ts';
import type { FoldOutcome, FoldReads, StreamState } from './ports.ts';
import { startPass, startsTheSame } from './start-pass.ts';
import type { WorkingPass } from './working-pass.ts';

/**
 * Turns what was received, in order, into changed rows and alert transitions. Pure but for its reads: it knows no
 * storage and no clock. One message at a time, whatever the batching (docs/domain.md, "When the rules speak").
 *
 * The caller commits each outcome, or calls `reset`, before the next call. It also calls `reset` when rows changed
 * otherwise. Calls must not overlap.
 */
export interface Fold {
  /** Entries with a `seq` that is not above their stream's position are ignored. */
  apply(entries: readonly JournalEntry[]): Promise<FoldOutcome>;
  /**
   * Ends the passes of a stream of which nothing has been received for 10 minutes. Only when the stream's link is
   * caught up and everything received has been applied. `now` in ms, this machine's clock.
   */
  expireSilent(streamId: string, now: number): Promise<FoldOutcome>;
  /** Forgets everything that was read; the next call reads again. */
  reset(): void;
}

type EventEntry = Extract<JournalEntry, { kind: 'event' }>;

/** A pass ends as aborted after this much silence, ms. */
export const silenceEndsPass = 600_000;

export function createFold(reads: FoldReads): Fold {
  const histories: VehicleHistories = createVehicleHistories(reads);
  const passes: PassMemory = createPassMemory(reads);
  const streams = new Map<string, StreamState>();

  function begin(): Batch {
    histories.committed();
    passes.trim();
    return emptyBatch();
  }

  async function loadStreams(streamIds: ReadonlySet<string>): Promise<void> {
    const missing = [...streamIds].filter((streamId) => !streams.has(streamId));
    if (missing.length === 0) return;
    for (const state of await reads.loadStreams(missing)) streams.set(state.streamId, { ...state });
  }

  function streamOf(streamId: string): StreamState {
    const known = streams.get(streamId);
    if (known) return known;
    const fresh = { streamId, site: '', track: '', cameras: [], lastSeq: 0, updatedAt: 0 };
    streams.set(streamId, fresh);
    return fresh;
  }

  function advance(batch: Batch, stream: StreamState, seq: number, receivedAt: number): void {
    stream.lastSeq = seq;
    stream.updatedAt = receivedAt;
    batch.streams.set(stream.streamId, stream);
  }

  async function endSilent(batch: Batch, pass: WorkingPass, cause: Cause): Promise<void> {
    endPass(pass, { kind: 'timed-out' }, pass.work.lastAt);
    pass.row = { ...pass.row, revision: cause.seq };
    batch.passes.add(pass);
    await judgeEnded(batch, pass, histories, cause);
  }

  /**
   * Passes of the stream that have fallen silent by the camera's clock. The pass that the event belongs to as well:
   * had the link been live, the same silence would have ended it before the event came.
   */
  async function endOvertaken(batch: Batch, cause: Cause): Promise<void> {
    for (const pass of passes.openOf(cause.streamId)) {
      if (cause.at - pass.work.lastAt >= silenceEndsPass) await endSilent(batch, pass, cause);
    }
  }

  async function applyEventEntry(batch: Batch, stream: StreamState, entry: EventEntry): Promise<void> {
    const { event, text, streamId, seq, receivedAt } = entry;
    const cause: Cause = { streamId, seq, at: event.at, receivedAt };
    await endOvertaken(batch, cause);
    let pass = passes.get(event.passId);
    if (!pass && event.type === 'pass.started') {
      pass = startPass(event, stream, await reads.thresholds());
      passes.add(pass);
    }
    if (pass?.row.streamId !== streamId) return reject(batch, cause, text, 'unknown pass');
    touch(pass, cause);
    batch.passes.add(pass);
    if (event.type !== 'pass.started') {
      await applyEvent({ batch, pass, histories, cause, text }, event);
    } else if (!startsTheSame(pass, event)) {
      reject(batch, cause, text, 'contradicts the start of this pass');
    }
  }

  function touch(pass: WorkingPass, { seq, at, receivedAt }: Cause): void {
    pass.row = { ...pass.row, revision: seq };
    pass.work = {
      ...pass.work,
      lastAt: Math.max(pass.work.lastAt, at),
      lastReceivedAt: Math.max(pass.work.lastReceivedAt, receivedAt),
    };
  }

  async function applySequenced(
    batch: Batch,
    entry: Extract<JournalEntry, { kind: 'event' | 'rejected' | 'gap' }>,
  ): Promise<void> {
    const { streamId, seq, receivedAt } = entry;
    const stream = streamOf(streamId);
    if (seq !== undefined) {
      if (seq <= stream.lastSeq) return;
      const first = entry.kind === 'gap' ? Math.max(entry.first, stream.lastSeq + 1) : seq;
      advance(batch, stream, seq, receivedAt);
      if (entry.kind === 'gap') return raiseGap(batch, stream, first, entry);
      if (entry.kind === 'event') return applyEventEntry(batch, stream, entry);
    }
    if (entry.kind !== 'rejected') return;
    const { reason, text } = entry;
    batch.rejections.push({ streamId, seq, at: receivedAt, reason, text });
  }

  /** Events that the camera system can no longer deliver: an alert without a pass. */
  function raiseGap(
    batch: Batch,
    stream: StreamState,
    first: number,
    { streamId, seq, receivedAt }: Extract<JournalEntry, { kind: 'gap' }>,
  ): void {
    batch.transitions.push({
      kind: 'raised',
      alertId: gapAlertId(streamId, first, seq),
      rule: 'data-gap',
      severity: 'warning',
      present: true,
      value: seq - first + 1,
      streamId,
      seq,
      at: receivedAt,
      receivedAt,
      track: stream.track === '' ? undefined : stream.track,
    });
  }

  function describe(batch: Batch, info: StreamInfo, receivedAt: number): void {
    const { streamId, site, track, cameras } = info;
    const stream = { ...streamOf(streamId), site, track, cameras, updatedAt: receivedAt };
    streams.set(streamId, stream);
    batch.streams.set(streamId, stream);
  }

  return {
    async apply(entries) {
      const batch = begin();
      const streamIds = new Set(entries.map((entry) => entry.streamId));
      await loadStreams(streamIds);
      const passIds = new Set<string>();
      for (const entry of entries) if (entry.kind === 'event') passIds.add(entry.event.passId);
      await passes.load(passIds, streamIds);
      for (const entry of entries) {
        if (entry.kind === 'event' || entry.kind === 'rejected' || entry.kind === 'gap') {
          await applySequenced(batch, entry);
          continue;
        }
        if (entry.kind === 'stream') describe(batch, entry.info, entry.receivedAt);
        batch.notes.push(entry);
      }
      return outcomeOf(batch);
    },

    async expireSilent(streamId, now) {
      const batch = begin();
      await loadStreams(new Set([streamId]));
      await passes.load([], [streamId]);
      const seq = streamOf(streamId).lastSeq;
      for (const pass of passes.openOf(streamId)) {
        if (now - pass.work.lastReceivedAt < silenceEndsPass) continue;
        await endSilent(batch, pass, { streamId, seq, at: now, receivedAt: now });
      }
      return outcomeOf(batch);
    },

    reset() {
      histories.reset();
      passes.reset();
      streams.clear();
    },
  };
}
