import { afterEach, describe, expect, test, vi } from 'vitest';
import type { StreamHealth } from '../../contract/domain.ts';
import { createCameraClient } from '../../main/camera/client.ts';
import type { CameraClient, CameraClientOptions } from '../../main/camera/client.ts';
import type { Timings } from '../../main/camera/timings.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import { cameraToken, eventOf, startCameraServer } from '../shared/camera-server.ts';
import type { CameraServer, CameraServerOptions } from '../shared/camera-server.ts';

const quick: Partial<Timings> = {
  backoffLeast: 20,
  backoffMost: 60,
  askAgain: 40,
  configurationError: 150,
  acknowledge: 50,
  report: 10,
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function serve(options: CameraServerOptions = {}): Promise<CameraServer> {
  const server = await startCameraServer(options);
  closers.push(() => server.close());
  return server;
}

interface Followed {
  readonly client: CameraClient;
  readonly entries: JournalEntry[];
  readonly healths: StreamHealth[];
}

function follow(
  server: Pick<CameraServer, 'url'>,
  options: Partial<CameraClientOptions> = {},
  timings: Partial<Timings> = {},
): Followed {
  const entries: JournalEntry[] = [];
  const healths: StreamHealth[] = [];
  const client = createCameraClient({
    stream: { url: server.url, token: cameraToken },
    resumeFrom: () => Promise.resolve(undefined),
    deliver: (batch) => {
      entries.push(...batch);
      return Promise.resolve();
    },
    onHealth: (health) => healths.push(health),
    ...options,
    timings: { ...quick, ...timings },
  });
  closers.push(() => client.stop());
  client.start();
  return { client, entries, healths };
}

const seqsOf = (entries: readonly JournalEntry[]): number[] =>
  entries.flatMap((entry) => ('seq' in entry && entry.seq !== undefined ? [entry.seq] : []));
const kind = <K extends JournalEntry['kind']>(entries: readonly JournalEntry[], wanted: K) =>
  entries.filter((entry): entry is Extract<JournalEntry, { kind: K }> => entry.kind === wanted);
const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const fill = (server: CameraServer, count: number): void => {
  for (const seq of range(server.events.length + 1, server.events.length + count)) server.push(eventOf(seq));
};
const linkStates = (healths: readonly StreamHealth[]): string[] =>
  healths.map((health) => health.link).filter((link, index, all) => link !== all[index - 1]);

describe('order and resumption', () => {
  test('starts a new stream at its oldest event, tells of the stream first, and goes live', async () => {
    const server = await serve();
    server.oldestSeq = 3;
    fill(server, 5);
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    expect(server.connections[0]?.subscribes).toEqual([3]);
    expect(seqsOf(entries)).toEqual([3, 4, 5]);
    expect(entries[0]).toMatchObject({ kind: 'stream', info: { streamId: 'folk-1', site: 'Folkestone' } });
    expect(kind(entries, 'gap')).toEqual([]);
    expect(client.health().lag).toBe(0);
  });

  test('resumes after the last durable event and records a real loss as a range', async () => {
    const server = await serve();
    fill(server, 9);
    server.oldestSeq = 6;
    const { client, entries } = follow(server, { resumeFrom: () => Promise.resolve(2) });
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    expect(kind(entries, 'gap')).toMatchObject([{ first: 3, seq: 5 }]);
    expect(seqsOf(entries)).toEqual([5, 6, 7, 8, 9]);
    expect(server.connections[0]?.subscribes).toEqual([6]);
  });

  test('asks for a jump again, holds what is later, ignores duplicates', async () => {
    const server = await serve({
      onSubscribe(connection, fromSeq) {
        const pipe = fromSeq === 1 ? [1, 2, 2, 5, 6] : range(fromSeq, 7);
        for (const seq of pipe) connection.send(eventOf(seq));
      },
    });
    server.events.push(...range(1, 7).map(eventOf));
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    expect(seqsOf(entries)).toEqual(range(1, 7));
    expect(server.connections[0]?.subscribes).toEqual([1, 3]);
  });

  test('cuts, duplicates and reordering leave every event exactly once, in order', async () => {
    let sent = 0;
    const server = await serve({
      onSubscribe(connection, fromSeq) {
        for (let seq = fromSeq; seq <= 300; seq += 1) {
          sent += 1;
          if (sent % 41 === 0) return connection.raw.destroy();
          if (sent % 13 === 0) continue;
          connection.send(eventOf(seq));
          if (sent % 7 === 0) connection.send(eventOf(Math.max(1, seq - 3)));
        }
      },
    });
    server.events.push(...range(1, 300).map(eventOf));
    const { entries, client } = follow(server, {}, { askAgain: 50 });
    await vi.waitFor(() => expect(client.health().link).toBe('live'), { timeout: 40_000 });
    expect(seqsOf(entries)).toEqual(range(1, 300));
  });

  test('a new stream identity starts anew, without false duplicates', async () => {
    const server = await serve();
    fill(server, 3);
    const { client, entries } = follow(server, {
      resumeFrom: (streamId) => Promise.resolve(streamId === 'folk-1' ? 1 : undefined),
    });
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    server.streamId = 'folk-2';
    server.connections[0]?.raw.destroy();
    await vi.waitFor(() => expect(client.health()).toMatchObject({ streamId: 'folk-2', link: 'live' }));
    const of = (streamId: string) => seqsOf(entries.filter((entry) => entry.streamId === streamId));
    expect(of('folk-1')).toEqual([2, 3]);
    expect(of('folk-2')).toEqual([1, 2, 3]);
  });

  test('an event that is claimed but never sent is given up at last, as a gap', async () => {
    const server = await serve({
      onSubscribe(connection, fromSeq) {
        for (const seq of range(fromSeq, 6)) if (seq !== 3 && seq !== 4) connection.send(eventOf(seq));
      },
    });
    server.events.push(...range(1, 6).map(eventOf));
    const { client, entries } = follow(server, {}, { askAgain: 5, giveUp: 100 });
    await vi.waitFor(() => expect(client.health().link).toBe('live'), { timeout: 5_000 });
    expect(kind(entries, 'gap')).toMatchObject([{ first: 3, seq: 4 }]);
    expect(seqsOf(entries)).toEqual([1, 2, 4, 5, 6]);
    expect(server.connections.length).toBeGreaterThan(3);
  });

  test('an absurd seq is listed and waited for by nobody', async () => {
    const server = await serve();
    fill(server, 2);
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    server.connections[0]?.send(eventOf(Number.MAX_SAFE_INTEGER));
    fill(server, 2);
    await vi.waitFor(() => expect(seqsOf(entries)).toEqual([1, 2, 3, 4]));
    expect(kind(entries, 'rejected')).toMatchObject([{ reason: expect.stringContaining('far beyond') }]);
    expect(server.connections.length).toBe(1);
  });

  test('a seq beyond what the camera system says it has is no proof of a loss', async () => {
    const server = await serve({
      onSubscribe(connection, fromSeq) {
        for (let seq = fromSeq; seq <= server.events.length; seq += 1) connection.send(eventOf(seq));
        connection.send(eventOf(500));
      },
    });
    server.events.push(eventOf(1), eventOf(2));
    const { entries } = follow(server, {}, { askAgain: 5, giveUp: 50 });
    await vi.waitFor(() => expect(server.connections.length).toBeGreaterThan(6), { timeout: 5_000 });
    server.events.push(eventOf(3));
    await vi.waitFor(() => expect(seqsOf(entries)).toEqual([1, 2, 3]));
    expect(kind(entries, 'gap')).toEqual([]);
  });
});

describe('durability', () => {
  test('acknowledges only what is durable, cumulatively and not more often than allowed', async () => {
    const server = await serve();
    fill(server, 3);
    let release: (() => void) | undefined;
    const stored = new Promise<void>((resolve) => (release = resolve));
    const { client } = follow(server, { deliver: () => stored });
    await vi.waitFor(() => expect(client.health().lag).toBe(3));
    expect(server.connections[0]?.acks).toEqual([]);
    release?.();
    await vi.waitFor(() => expect(server.connections[0]?.acks.at(-1)?.seq).toBe(3));
    for (let push = 0; push < 20; push += 1) {
      fill(server, 1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(server.connections[0]?.acks.at(-1)?.seq).toBe(23));
    const times = server.connections[0]?.acks.map((ack) => ack.at) ?? [];
    for (const [index, at] of times.entries()) {
      if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThan(40);
    }
  });

  test('keeps what cannot be stored, says so, and goes on by itself', async () => {
    const server = await serve();
    fill(server, 3);
    const entries: JournalEntry[] = [];
    let full = true;
    const { client } = follow(server, {
      deliver: (batch) => {
        if (full) return Promise.reject(new Error('disk full'));
        entries.push(...batch);
        return Promise.resolve();
      },
    });
    await vi.waitFor(() => expect(client.health().reason).toBe('cannot store: disk full'));
    full = false;
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    expect(seqsOf(entries)).toEqual([1, 2, 3]);
    expect(client.health().reason).toBeUndefined();
  });

  test('a burst of 50,000 events neither freezes the event loop nor runs ahead of the store', async () => {
    const count = 50_000;
    const server = await serve({ onSubscribe: () => undefined });
    let stored = 0;
    let largest = 0;
    const { client } = follow(server, {
      deliver: async (batch) => {
        largest = Math.max(largest, batch.length);
        await new Promise((resolve) => setTimeout(resolve, 1));
        stored += batch.filter((entry) => entry.kind === 'event').length;
      },
    });
    await vi.waitFor(() => expect(server.connections[0]?.subscribes).toEqual([1]));
    const texts = range(1, count).map((seq) => JSON.stringify(eventOf(seq)));
    const delays: number[] = [];
    let sent = 0;
    // The server lives in this process too: it sends in small portions, so that the delays are the client's.
    while (sent < count) {
      const before = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 0));
      delays.push(performance.now() - before);
      for (const text of texts.slice(sent, sent + 100)) server.connections[0]?.send(text);
      sent += 100;
    }
    await vi.waitFor(() => expect(stored).toBe(count), { timeout: 30_000, interval: 50 });
    expect(largest).toBeLessThanOrEqual(500);
    expect(delays.toSorted((a, b) => a - b)[Math.floor(delays.length * 0.95)]).toBeLessThan(250);
    expect(client.health().lag).toBe(0);
  }, 60_000);

  test('a store that does not answer stops the reading, not the memory', async () => {
    const server = await serve({ onSubscribe: () => undefined });
    const { client } = follow(server, { deliver: () => new Promise<void>(() => undefined) });
    await vi.waitFor(() => expect(server.connections[0]).toBeDefined());
    const connection = server.connections[0];
    const padding = 'x'.repeat(4_000);
    await vi.waitFor(() => expect(connection?.subscribes.length).toBe(1));
    for (const seq of range(1, 12_000)) connection?.send({ ...eventOf(seq), padding });
    // 48 MB were sent; what the sender could not get rid of waits at the sender.
    await vi.waitFor(() => expect(connection?.socket.bufferedAmount).toBeGreaterThan(20_000_000), {
      timeout: 5_000,
    });
    const before = connection?.socket.bufferedAmount ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(before - (connection?.socket.bufferedAmount ?? 0)).toBeLessThan(1_000_000);
    expect(client.health().lag).toBeGreaterThan(0);
  }, 20_000);
});

describe('invalid messages', () => {
  test('are rejected with their seq where it can be read, and never stop the stream', async () => {
    const server = await serve({
      onSubscribe(connection) {
        connection.send(eventOf(1));
        connection.send('not json');
        connection.send({ type: 'mystery', seq: 2, x: 1 });
        connection.socket.send(Buffer.from(JSON.stringify(eventOf(3))), { binary: true });
        const broken = Buffer.from(JSON.stringify({ ...eventOf(4), cameraId: 'F1?' }));
        broken[broken.indexOf('?')] = 0xff;
        connection.socket.send(broken, { binary: false });
        connection.send({ ...eventOf(5), index: 'one' });
        connection.send('[1]');
        connection.send(eventOf(6));
      },
    });
    server.events.push(...range(1, 6).map(eventOf));
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    expect(seqsOf(entries)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(kind(entries, 'rejected').map((entry) => [entry.seq, entry.reason.split(',')[0]])).toEqual([
      [undefined, 'message: not JSON'],
      [2, 'type: unknown message type "mystery"'],
      [3, 'message: binary'],
      [4, 'message: not UTF-8'],
      [5, 'index: expected type number'],
      [undefined, 'message: expected a JSON object'],
    ]);
    expect(server.connections.length).toBe(1);
  });

  test('an oversized message closes the link once, is listed with its seq, and the stream goes on', async () => {
    const server = await serve();
    fill(server, 1);
    server.events.push({ ...eventOf(2), padding: 'x'.repeat(1_100_000) }, eventOf(3));
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    expect(seqsOf(entries)).toEqual([1, 2, 3]);
    const [rejected] = kind(entries, 'rejected');
    expect(rejected).toMatchObject({ seq: 2, reason: 'message: larger than 1048576 bytes' });
    expect(Buffer.byteLength(rejected?.text ?? '')).toBe(4_096);
    expect(server.connections.map((connection) => connection.subscribes)).toEqual([[1], [3]]);
  });

  test('an oversized message whose seq is out of reach does not end the stream for ever', async () => {
    const server = await serve();
    fill(server, 1);
    server.events.push({ padding: 'x'.repeat(1_100_000), ...eventOf(2) }, eventOf(3));
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'), { timeout: 5_000 });
    expect(seqsOf(entries)).toEqual([1, 2, 3]);
    expect(kind(entries, 'rejected').map((entry) => entry.seq)).toEqual([undefined, undefined, 2]);
  });

  test('oversized messages that are no events, on a quiet stream, cost no event', async () => {
    const server = await serve();
    fill(server, 1);
    const { client, entries } = follow(server);
    for (const round of range(1, 4)) {
      await vi.waitFor(() => expect(client.health().link).toBe('live'));
      await vi.waitFor(() =>
        expect(server.connections.filter((c) => c.subscribes.length > 0)).toHaveLength(round),
      );
      server.connections.at(-1)?.send('x'.repeat(1_100_000));
      await vi.waitFor(() => expect(kind(entries, 'rejected')).toHaveLength(round), { timeout: 5_000 });
    }
    fill(server, 1);
    await vi.waitFor(() => expect(kind(entries, 'event').map(({ seq }) => seq)).toEqual([1, 2]));
    expect(kind(entries, 'rejected').map(({ seq }) => seq)).toEqual(Array(4).fill(undefined));
  });

  test('thousands of fragments end the link, and the message is listed', async () => {
    const text = Buffer.from(JSON.stringify(eventOf(1)));
    const server = await serve({
      onSubscribe(connection, fromSeq) {
        if (fromSeq === 1) {
          connection.socket.send(text.subarray(0, 40), { fin: false });
          for (let part = 0; part < 2_000; part += 1) connection.socket.send(' ', { fin: false });
        } else connection.send(eventOf(2));
      },
    });
    server.events.push(eventOf(1), eventOf(2));
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    expect(kind(entries, 'rejected')).toMatchObject([{ seq: 1, reason: 'message: more than 256 fragments' }]);
    expect(seqsOf(entries)).toEqual([1, 2]);
  });

  test('another protocol version is kept, surfaced and retried slowly', async () => {
    const server = await serve({ hello: () => ({ type: 'hello', protocol: 2 }) });
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().reason).toBe('protocol version 2 is not supported'));
    expect(kind(entries, 'rejected')).toMatchObject([{ text: '{"type":"hello","protocol":2}' }]);
    expect(server.connections[0]?.subscribes).toEqual([]);
  });

  test('says nothing before the hello, and turns a peer away that does not begin with one', async () => {
    const server = await serve({ hello: () => eventOf(1) });
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('down'));
    expect(kind(entries, 'rejected')[0]?.seq).toBeUndefined();
    expect(server.connections[0]?.subscribes).toEqual([]);
  });
});

describe('link', () => {
  test('a refused token is a configuration error, retried slowly', async () => {
    const server = await serve({ token: 'another' });
    const { client, healths } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('unauthorized'));
    expect(JSON.stringify(healths)).not.toContain(cameraToken);
  });

  test('a token that no header can carry is said to be so, without showing it', async () => {
    const server = await serve();
    const { client } = follow(server, { stream: { url: server.url, token: 'two\nlines' } });
    expect(client.health()).toMatchObject({ link: 'unauthorized', reason: expect.stringContaining('token') });
    expect(client.health().reason).not.toContain('lines');
  });

  test("a proxy's page in place of a stream is said to be one", async () => {
    const server = await serve({ status: 200 });
    const { client } = follow(server);
    await vi.waitFor(() => expect(client.health().reason).toBe('HTTP 200 in place of a WebSocket'));
  });

  test('a half-open link is dead after the limit', async () => {
    const server = await serve({ autoPong: false });
    const { client, healths } = follow(server, {}, { ping: 60, dead: 120 });
    await vi.waitFor(() => expect(server.connections.length).toBeGreaterThan(1));
    expect(linkStates(healths)).toContain('down');
    expect(client.health().lastMessageAt).toBeDefined();
  });

  test('pongs without messages are a silent stream, steadily until a message comes', async () => {
    const server = await serve();
    const { client, healths } = follow(server, {}, { ping: 30, dead: 100 });
    await vi.waitFor(() => expect(client.health().link).toBe('silent'));
    await vi.waitFor(() => expect(server.connections.length).toBeGreaterThan(3), { timeout: 3_000 });
    expect(linkStates(healths)).toEqual(['connecting', 'live', 'silent']);
    const beat = setInterval(() => server.heartbeat(), 20);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    clearInterval(beat);
  });

  test('cameras follow the heartbeats and are unknown without; each change is a note', async () => {
    const server = await serve();
    const { client, entries } = follow(server, {}, { heartbeat: 100 });
    const statuses = () => client.health().cameras.map((camera) => camera.status);
    await vi.waitFor(() => expect(statuses()).toEqual(['unknown', 'unknown']));
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    server.heartbeat('ok');
    await vi.waitFor(() => expect(statuses()).toEqual(['ok', 'ok']));
    server.heartbeat('degraded');
    await vi.waitFor(() => expect(statuses()).toEqual(['degraded', 'degraded']));
    expect(client.health().link).toBe('live');
    await vi.waitFor(() => expect(statuses()).toEqual(['unknown', 'unknown']));
    const notes = kind(entries, 'camera').filter((entry) => entry.cameraId === 'F1L');
    expect(notes.map((entry) => entry.status)).toEqual(['ok', 'degraded', 'unknown']);
  });

  test('a camera clock that is wrong by hours is shown as skew, beside the receive time', async () => {
    const server = await serve();
    const { client } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    server.heartbeat('ok', new Date(Date.now() - 3 * 3_600_000).toISOString());
    await vi.waitFor(() => expect(client.health().clockSkewMs).toBeLessThan(-3 * 3_600_000 + 1));
    expect(Math.abs((client.health().lastMessageAt ?? 0) - Date.now())).toBeLessThan(5_000);
  });

  test('a link that flaps is not retried in a tight loop', async () => {
    const server = await serve({
      hello(connection) {
        connection.raw.destroy();
        return undefined;
      },
    });
    follow(server, { random: () => 1 }, { backoffLeast: 50, backoffMost: 1_000 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    // 100, 200 and 400 ms apart.
    expect(server.connections.length).toBeLessThanOrEqual(4);
    expect(server.connections.length).toBeGreaterThan(1);
  });

  test('link changes are notes', async () => {
    const server = await serve();
    const { client, entries } = follow(server);
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    server.connections[0]?.raw.destroy();
    await vi.waitFor(() => expect(server.connections.length).toBe(2));
    await vi.waitFor(() => expect(client.health().link).toBe('live'));
    await vi.waitFor(() =>
      expect(kind(entries, 'link').map((entry) => entry.state)).toEqual(['live', 'down', 'live']),
    );
  });
});
