import type { PassEvent } from '../simulator/protocol.ts';
import { eventText } from '../simulator/protocol.ts';
import { startServer } from '../simulator/server.ts';
import { CameraStream } from '../simulator/stream.ts';
import { now } from './clock.ts';
import type { Scratch } from './scratch.ts';
import { until } from './until.ts';

export const token = 'bench';

export interface CameraSource {
  readonly stream: CameraStream;
  readonly url: string;
  /** Resolves when a client has subscribed. */
  subscribed(): Promise<void>;
}

/** Each event as it leaves, with the time: see clock.ts. */
export type OnSend = (text: string, at: number) => void;

/** A camera site without trains of its own: it sends what is put into its stream. */
export async function startCameras(
  scratch: Scratch,
  onSend: OnSend = () => undefined,
): Promise<CameraSource> {
  const stream = new CameraStream({
    key: 't1',
    streamId: `bench-${Date.now()}`,
    site: 'Folkestone T1',
    track: 'T1',
    cameras: [
      { id: 'F1L', side: 'left', name: 'Left 1' },
      { id: 'F1R', side: 'right', name: 'Right 1' },
    ],
    retention: { milliseconds: Number.POSITIVE_INFINITY, events: Number.POSITIVE_INFINITY },
    heartbeatMs: 5000,
    beforeSend: (_, { text }) => {
      onSend(text, now());
      return 'send';
    },
  });
  const server = await startServer({ host: '127.0.0.1', port: 0, token, streams: [stream] });
  scratch.atEnd(() => server.stop());
  return {
    stream,
    url: server.urlOf(stream),
    subscribed: () =>
      until('a client of the camera stream', 30_000, () =>
        [...stream.connections].some(({ cursor }) => cursor !== undefined),
      ),
  };
}

/** Texts of events, numbered from `firstSeq`: made before the clock runs. */
export const textsOf = (events: readonly PassEvent[], firstSeq: number): string[] =>
  events.map((event, index) => eventText(event, firstSeq + index));

/** Puts texts with consecutive numbers into the stream at once. */
export function release(stream: CameraStream, texts: readonly string[]): void {
  for (const text of texts) stream.ring.append(() => text, Date.now());
  stream.pump();
}
