import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { planChaos } from './chaos.ts';
import type { Chaos, ChaosKind } from './chaos.ts';
import { startServer } from './server.ts';
import { CameraStream } from './stream.ts';

export interface RecordedMessage {
  seq: number;
  /** The text as it was sent. */
  text: string;
}

export interface ReplayOptions {
  /** Path of a `.jsonl.gz` with lines {"seq", "t"}, in `seq` order from 1; or the messages themselves. */
  recording: string | readonly RecordedMessage[];
  host?: string;
  port?: number;
  token?: string;
  /** Last part of the URL's path (default `replay`). */
  key?: string;
  streamId?: string;
  site?: string;
  track?: string;
  heartbeatMs?: number;
  /**
   * Messages a second that become available from the first subscription on. When absent all are there at once, or
   * 5,000 a second with chaos: a client that gets everything in one go meets only the first hole.
   */
  rate?: number;
  chaos?: Chaos;
}

export interface ReplayServer {
  port: number;
  url: string;
  token: string;
  streamId: string;
  /** Of the whole recording. */
  lastSeq: number;
  stream: CameraStream;
  /** Highest `seq` acknowledged. */
  readonly acked: number;
  readonly violations: readonly string[];
  /** What has gone wrong so far by the chaos asked for, and how much is still to come. */
  readonly mishaps: Readonly<Record<ChaosKind, number>>;
  readonly mishapsLeft: number;
  /** Resolves when a client has acknowledged everything (or up to `seq`). */
  whenAcked(seq?: number): Promise<void>;
  stop(): Promise<void>;
}

const feedingPeriodMs = 10;
const chaoticRate = 5000;

const isLine = (line: unknown): line is { seq: number; t: string } =>
  typeof line === 'object' && line !== null && 'seq' in line && 't' in line && typeof line.t === 'string';

/** Reads a recording; a line that is not one, or a hole in the numbers, is a mistake of the recording and thrown. */
export const readRecording = (path: string): RecordedMessage[] =>
  gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const parsed: unknown = JSON.parse(line);
      if (!isLine(parsed) || parsed.seq !== index + 1)
        throw new Error(`${path}: line ${index + 1} is not message ${index + 1}`);
      return { seq: parsed.seq, text: parsed.t };
    });

/** Serves a recorded stream with its texts unchanged; adds hello and heartbeats, and what chaos is asked for. */
export const replayServer = async (options: ReplayOptions): Promise<ReplayServer> => {
  const { recording, token = 'replay', streamId = 'recorded' } = options;
  const rate = options.rate ?? (options.chaos === undefined ? undefined : chaoticRate);
  const messages = typeof recording === 'string' ? readRecording(recording) : recording;
  const lastSeq = messages.length;
  const chaos = planChaos(options.chaos ?? {}, lastSeq, () => stream.ring);
  const stream: CameraStream = new CameraStream({
    key: options.key ?? 'replay',
    streamId,
    site: options.site ?? 'Folkestone',
    track: options.track ?? 'T1',
    cameras: [
      { id: 'F1L', side: 'left', name: 'Left 1' },
      { id: 'F1R', side: 'right', name: 'Right 1' },
    ],
    retention: { milliseconds: Number.POSITIVE_INFINITY, events: Number.POSITIVE_INFINITY },
    heartbeatMs: options.heartbeatMs ?? 5000,
    beforeSend: chaos.beforeSend,
  });
  let next = 0;
  const release = (count: number): void => {
    for (const { text } of messages.slice(next, next + count)) stream.ring.append(() => text, Date.now());
    next += count;
    stream.pump();
  };
  let feeder: NodeJS.Timeout | undefined;
  if (rate === undefined) release(lastSeq);
  else {
    let elapsedMs = 0;
    let last = performance.now();
    let begun = false;
    feeder = setInterval(() => {
      const now = performance.now();
      const listened = [...stream.connections].some(({ cursor }) => cursor !== undefined);
      // With chaos the recording waits for its client: otherwise a cut would spend the mishaps that follow on nobody.
      if (listened || (begun && options.chaos === undefined)) elapsedMs += now - last;
      begun ||= listened;
      last = now;
      const due = Math.min(lastSeq, Math.floor((elapsedMs / 1000) * rate));
      if (due > next) release(due - next);
      if (next >= lastSeq) clearInterval(feeder);
    }, feedingPeriodMs);
  }
  const server = await startServer({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    token,
    streams: [stream],
  });
  return {
    port: server.port,
    url: server.urlOf(stream),
    token,
    streamId,
    lastSeq,
    stream,
    get acked() {
      return stream.acknowledged;
    },
    get violations() {
      return stream.violations;
    },
    mishaps: chaos.done,
    get mishapsLeft() {
      return chaos.left;
    },
    whenAcked: (seq = lastSeq) => stream.until(({ acknowledged }) => acknowledged >= seq),
    stop: async () => {
      clearInterval(feeder);
      await server.stop();
    },
  };
};
