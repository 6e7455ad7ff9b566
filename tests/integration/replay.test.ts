import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { buildFleet } from '../../tools/simulator/fleet.ts';
import { generatePass } from '../../tools/simulator/generate.ts';
import { eventText, subProtocol } from '../../tools/simulator/protocol.ts';
import { replayServer } from '../../tools/simulator/replay.ts';
import type { RecordedMessage, ReplayServer } from '../../tools/simulator/replay.ts';

const fleet = buildFleet('replay');
const recording: RecordedMessage[] = Array.from({ length: 10 }, (_, pass) =>
  generatePass({ seed: 'replay', fleet, startedAt: Date.UTC(2026, 10, 20, 6, pass * 3) }),
)
  .flatMap(({ events }) => events)
  .map((event, index) => ({ seq: index + 1, text: eventText(event, index + 1) }));

/** What a client met on its way to the end. */
interface Followed {
  texts: string[];
  holes: number;
  repeats: number;
  connections: number;
}

/** The smallest client that keeps the protocol's rules 1 to 4; resolves with the texts in order, each once. */
const follow = (server: ReplayServer): Promise<Followed> =>
  new Promise((resolve) => {
    const texts: string[] = [];
    const met = { holes: 0, repeats: 0, connections: 0 };
    const connect = (): void => {
      met.connections += 1;
      const held = new Map<number, string>();
      let asked = 0;
      const socket = new WebSocket(server.url, [subProtocol], {
        headers: { authorization: `Bearer ${server.token}` },
      });
      // What was asked for in the middle of a mishap may be part of the next one: ask again when nothing comes.
      let before = -1;
      const patience = setInterval(() => {
        if (texts.length === before && socket.readyState === WebSocket.OPEN) subscribe();
        before = texts.length;
      }, 1_000);
      const subscribe = (): void => {
        asked = texts.length + 1;
        socket.send(JSON.stringify({ type: 'subscribe', fromSeq: asked }));
      };
      socket.on('message', (data: Buffer) => {
        const text = data.toString('utf8');
        const message = JSON.parse(text) as { type: string; seq?: number };
        if (message.type === 'hello') subscribe();
        if (message.seq === undefined) return;
        if (message.seq > texts.length) held.set(message.seq, text);
        else met.repeats += 1;
        if (message.seq > texts.length + 1 && asked !== texts.length + 1) {
          met.holes += 1;
          subscribe();
        }
        for (let next = held.get(texts.length + 1); next !== undefined; next = held.get(texts.length + 1)) {
          held.delete(texts.length + 1);
          texts.push(next);
        }
        socket.send(JSON.stringify({ type: 'ack', seq: texts.length }));
        if (texts.length < server.lastSeq) return;
        resolve({ texts, ...met });
        clearInterval(patience);
        socket.removeAllListeners('close');
        socket.close();
      });
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        clearInterval(patience);
        connect();
      });
    };
    connect();
  });

const texts = recording.map(({ text }) => text);

test('a recording file is served as it was sent', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vicore-replay-'));
  const file = path.join(folder, 'stream.jsonl.gz');
  writeFileSync(
    file,
    gzipSync(recording.map(({ seq, text }) => `${JSON.stringify({ seq, t: text })}\n`).join('')),
  );
  const server = await replayServer({ recording: file });
  expect((await follow(server)).texts).toEqual(texts);
  await server.whenAcked();
  expect(server.acked).toBe(recording.length);
  await server.stop();
  rmSync(folder, { recursive: true });
});

test.each(['one', 'two', 'three'])(
  'whatever goes wrong on the way (%s), asking again brings everything',
  async (seed) => {
    const server = await replayServer({
      recording,
      chaos: { seed, cuts: 8, duplicates: 20, gaps: 20, reorders: 20 },
    });
    expect((await follow(server)).texts).toEqual(texts);
    expect(server.mishaps).toEqual({ cut: 8, duplicate: 20, gap: 20, reorder: 20 });
    expect(server.violations).toEqual([]);
    await server.stop();
  },
);

test('a rate spreads the recording over time', async () => {
  const server = await replayServer({
    recording: recording.slice(0, 100),
    rate: 500,
    chaos: { seed: 'rate', gaps: 3, reorders: 3, cuts: 2 },
  });
  const begun = performance.now();
  expect((await follow(server)).texts).toEqual(texts.slice(0, 100));
  expect(performance.now() - begun).toBeGreaterThan(180);
  await server.stop();
});

test.each([
  [{}, { holes: 0, connections: 1 }],
  [{ cuts: 5 }, { holes: 0, connections: 6 }],
  [{ duplicates: 5 }, { holes: 0, connections: 1 }],
] as const)('with %j a client meets nothing else', async (chaos, expected) => {
  const server = await replayServer({ recording, chaos: { seed: 'alone', ...chaos } });
  const met = await follow(server);
  expect(met).toMatchObject(expected);
  expect(met.repeats > 0).toBe('duplicates' in chaos);
  await server.stop();
});

test.each([{ gaps: 5 }, { reorders: 5 }])('%j makes holes', async (chaos) => {
  const server = await replayServer({ recording, chaos: { seed: 'alone', ...chaos } });
  // Of a sender that is far ahead of its reader only the first hole is met as one.
  expect((await follow(server)).holes).toBeGreaterThanOrEqual(1);
  await server.stop();
});
