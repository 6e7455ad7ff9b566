import type { StreamHealth } from '../contract/domain.ts';
import { failure } from '../contract/errors.ts';
import type { Result } from '../contract/errors.ts';
import type { SpringImage } from '../contract/results.ts';
import { createCameraClient } from './camera/client.ts';
import type { JournalEntry } from './passes/events.ts';

export interface ComposedCameras {
  start(): void;
  /** What was received is durable, or comes again. */
  stop(): Promise<void>;
  /** Streams whose links are live and have delivered everything: what they are silent about did not happen. */
  caughtUpStreams(): string[];
  fetchImage(streamId: string, imageId: string): Promise<Result<SpringImage>>;
}

/** The links to the configured camera streams, the same with windows and without. */
export function composeCameras(options: {
  readonly streams: readonly { readonly url: string; readonly token: string }[];
  /** Last `seq` of the stream that is durable; undefined: never seen. */
  readonly resumeFrom: (streamId: string) => Promise<number | undefined>;
  readonly deliver: (entries: readonly JournalEntry[]) => Promise<void>;
  /** `url`: as configured; the one in `health` is what may be shown. */
  readonly onHealth: (url: string, health: StreamHealth) => void;
}): ComposedCameras {
  const { resumeFrom, deliver, onHealth } = options;
  const clients = options.streams.map((stream) =>
    createCameraClient({
      stream,
      resumeFrom,
      deliver,
      onHealth: (health) => onHealth(stream.url, health),
    }),
  );
  return {
    start() {
      for (const client of clients) client.start();
    },
    async stop() {
      await Promise.all(clients.map((client) => client.stop()));
    },
    caughtUpStreams: () =>
      clients.flatMap((client) => {
        const { link, lag, streamId } = client.health();
        return link === 'live' && lag === 0 && streamId !== undefined ? [streamId] : [];
      }),
    fetchImage(streamId, imageId) {
      const client = clients.find((candidate) => candidate.health().streamId === streamId) ?? clients[0];
      return (
        client?.fetchImage(imageId) ??
        Promise.resolve(failure('not-found', 'No camera link for this picture.'))
      );
    },
  };
}
