import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { parseMessage } from '../../main/camera/protocol.ts';
import { passFaults } from '../../tools/simulator/faults.ts';
import { startSimulator } from '../../tools/simulator/simulator.ts';
import type { Simulator } from '../../tools/simulator/simulator.ts';
import type { Fault, PassFaultName } from '../../tools/simulator/faults.ts';
import { numbersOf, openClient } from './raw-camera-client.ts';
import type { RawClient, RawClientOptions } from './raw-camera-client.ts';

let simulator: Simulator;
let clients: RawClient[];

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'test', tidy: true, heartbeatMs: 100 });
  clients = [];
});

afterEach(async () => {
  for (const { socket } of clients) socket.terminate();
  await simulator.stop();
});

const url = (key = 't1'): string => simulator.streams.find((stream) => stream.key === key)?.url ?? '';

const open = (options: RawClientOptions = {}, key = 't1'): RawClient => {
  const client = openClient(url(key), options);
  clients.push(client);
  return client;
};

const inject = (fault: Fault): void => {
  const result = simulator.inject(fault);
  if (!result.ok) throw new Error(result.error);
};

/** A subscribed client, known to the server, that has nothing to receive yet. */
const openLive = async (options: RawClientOptions = {}): Promise<RawClient> => {
  const client = open({ fromSeq: null, ...options });
  await simulator.until('t1', ({ connections }) =>
    [...connections].some(({ cursor }) => cursor !== undefined),
  );
  return client;
};

const refusal = (options: RawClientOptions & { path?: string }): Promise<number | undefined> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url() + (options.path ?? ''), options.protocols ?? ['vicore.camera.v1'], {
      headers: { authorization: `Bearer ${options.token ?? 'simulator'}` },
    });
    socket.on('error', () => socket.terminate());
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('open', () => resolve(undefined));
  });

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('joining a stream', () => {
  test('hello comes first, with the range of what can be asked for', async () => {
    const pass = await simulator.runPass({ stream: 't1', vehicles: 2 });
    const client = open();
    const hello = await client.first(({ type }) => type === 'hello');
    expect(client.received[0]?.message).toBe(hello);
    expect(hello).toMatchObject({
      protocol: 1,
      track: 'T1',
      oldestSeq: 1,
      latestSeq: pass.lastSeq,
      streamId: pass.streamId,
    });
    expect(client.socket.protocol).toBe('vicore.camera.v1');
  });

  test('nothing but heartbeats comes before a subscription', async () => {
    const client = open();
    await client.first(({ type }) => type === 'hello');
    await simulator.runPass({ stream: 't1', vehicles: 1 });
    const heartbeat = await client.first(({ type }) => type === 'heartbeat');
    expect(heartbeat).toMatchObject({
      cameras: [
        { id: 'F1L', status: 'ok' },
        { id: 'F1R', status: 'ok' },
      ],
    });
    expect(heartbeat).not.toHaveProperty('seq');
    expect(numbersOf(client.received)).toEqual([]);
  });

  test('a wrong token is 401, an unknown stream 404, a missing sub-protocol 400', async () => {
    expect(await refusal({ token: 'wrong' })).toBe(401);
    expect(await refusal({ path: '-nowhere' })).toBe(404);
    expect(await refusal({ protocols: ['chat'] })).toBe(400);
  });

  test('the two streams have identities, tracks and numbers of their own', async () => {
    await simulator.runPass({ stream: 't2', vehicles: 1 });
    const [one, two] = await Promise.all(
      ['t1', 't2'].map((key) => open({}, key).first(({ type }) => type === 'hello')),
    );
    expect(one).toMatchObject({ track: 'T1', latestSeq: 0, oldestSeq: 1 });
    expect(two).toMatchObject({ track: 'T2' });
    expect(one?.['streamId']).not.toBe(two?.['streamId']);
  });

  test('what is not in the protocol is noted and closes the socket', async () => {
    const client = open();
    await client.first(({ type }) => type === 'hello');
    client.send({ type: 'subscribe', fromSeq: 0 });
    expect(await client.closed).toBe(1008);
    await simulator.until('t1', ({ connections }) => connections.size === 0);
    expect(simulator.violations).toEqual(['subscribe fromSeq 0']);
  });
});

describe('events', () => {
  test('come in order without holes from where the client wants, then live', async () => {
    const first = await simulator.runPass({ stream: 't1', vehicles: 3 });
    const client = open({ fromSeq: 4 });
    await client.sequence(first.lastSeq - 3);
    const second = await simulator.runPass({ stream: 't1', vehicles: 3 });
    expect(await client.sequence(second.lastSeq - 3)).toEqual(range(4, second.lastSeq));
  });

  test('null means from the next event on', async () => {
    await simulator.runPass({ stream: 't1', vehicles: 2 });
    const client = await openLive();
    const pass = await simulator.runPass({ stream: 't1', vehicles: 2 });
    expect(await client.sequence(pass.lastSeq - pass.firstSeq + 1)).toEqual(
      range(pass.firstSeq, pass.lastSeq),
    );
  });

  test('are the same text at each delivery', async () => {
    const pass = await simulator.runPass({ stream: 't1' });
    const texts = await Promise.all(
      [1, 1].map(async (fromSeq) => {
        const client = open({ fromSeq });
        await client.sequence(pass.lastSeq);
        return client.received.filter(({ message }) => 'seq' in message).map(({ text }) => text);
      }),
    );
    expect(texts[0]).toEqual(texts[1]);
    expect(texts[0]).toEqual(simulator.events('t1').map(({ text }) => text));
  });

  test('a timed pass arrives event by event and says how it went', async () => {
    await simulator.stop();
    simulator = await startSimulator({ seed: 'test', tidy: true, speed: 500 });
    const client = await openLive();
    const pass = await simulator.runPass({ stream: 't1', instant: false, vehicles: 4 });
    expect(pass).toMatchObject({ firstSeq: 1, lastSeq: 14, cancelled: false });
    expect(await client.sequence(14)).toEqual(range(1, 14));
    const times = client.received.flatMap(({ message }) =>
      typeof message['at'] === 'string' ? [Date.parse(message['at'])] : [],
    );
    expect(times.toSorted((one, two) => one - two)).toEqual(times);
  });

  test('passes asked for in one instant are as many passes', async () => {
    const passes = await Promise.all(Array.from({ length: 5 }, () => simulator.runPass({ vehicles: 1 })));
    expect(new Set(passes.map(({ passId }) => passId)).size).toBe(5);
  });

  test('acknowledgements are known, and one of the future is against the protocol', async () => {
    const pass = await simulator.runPass({ stream: 't1', vehicles: 1 });
    const client = open({ fromSeq: 1 });
    await client.sequence(pass.lastSeq);
    client.send({ type: 'ack', seq: pass.lastSeq });
    await simulator.until('t1', ({ acknowledged }) => acknowledged === pass.lastSeq);
    expect(simulator.acked('t1')).toBe(pass.lastSeq);
    client.send({ type: 'ack', seq: pass.lastSeq + 1 });
    expect(await client.closed).toBe(1008);
  });

  test('pings are answered', async () => {
    const client = await openLive();
    const answered = new Promise<string>((resolve) =>
      client.socket.once('pong', (data) => resolve(data.toString())),
    );
    client.socket.ping('are you there');
    expect(await answered).toBe('are you there');
  });

  test('a burst of 50,000 reaches a client that reads', { timeout: 60_000 }, async () => {
    const client = await openLive();
    inject({ name: 'burst', stream: 't1' });
    const numbers = await client.sequence(50_000);
    expect(numbers).toEqual(range(1, numbers.length));
  });
});

describe('images', () => {
  const origin = (): string => `http://127.0.0.1:${simulator.port}`;
  const headers = { authorization: 'Bearer simulator' };

  test('the picture of a measurement is a PNG for whoever has the token', async () => {
    await simulator.runPass({ stream: 't1', vehicles: 1 });
    const identity = /"imageId":"([^"]+)"/.exec(simulator.events('t1')[2]?.text ?? '')?.[1] ?? '';
    const response = await fetch(`${origin()}/images/${identity}`, { headers });
    expect(response.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeLessThan(100_000);
    expect((await fetch(`${origin()}/images/${identity}`)).status).toBe(401);
  });

  test('what the simulator did not name is not found', async () => {
    for (const identity of ['nothing', '..%2f..%2fetc%2fpasswd', '']) {
      expect((await fetch(`${origin()}/images/${identity}`, { headers })).status).toBe(404);
    }
  });
});

describe('as the product reads it', () => {
  test('hello, heartbeats and every event of ordinary and faulty passes keep to the protocol', async () => {
    const client = open({ fromSeq: 1 });
    await client.first(({ type }) => type === 'heartbeat');
    for (const name of Object.keys(passFaults) as PassFaultName[]) inject({ name, stream: 't1' });
    const { injections } = await simulator.runPass({ stream: 't1' });
    expect(injections).toHaveLength(Object.keys(passFaults).length);
    for (const kind of ['truck', 'passenger'] as const) await simulator.runPass({ stream: 't1', kind });
    await client.sequence(simulator.latestSeq('t1'));
    const rejected = client.received
      .map(({ text }) => parseMessage(text))
      .filter(({ kind }) => kind === 'rejected');
    expect(rejected).toEqual([]);
  });

  test.each(['wrong-type', 'out-of-range', 'bad-measurement', 'unknown-message'] as const)(
    'every variation of %s is rejected, with its number',
    (name) => {
      inject({ name, stream: 't1', count: 10 });
      const read = simulator.events('t1').map(({ text }) => parseMessage(text));
      expect(read.map((message) => message.kind === 'rejected' && message.seq)).toEqual(range(1, 10));
    },
  );
});

describe('faults of the link', () => {
  test('gap: events are left out, and come when asked for', async () => {
    const client = await openLive();
    inject({ name: 'gap', stream: 't1', count: 2 });
    const { lastSeq } = await simulator.runPass({ stream: 't1', vehicles: 2 });
    expect(await client.sequence(lastSeq - 2)).toEqual(range(3, lastSeq));
    client.send({ type: 'subscribe', fromSeq: 1 });
    const all = await client.sequence(2 * lastSeq - 2);
    expect(all.slice(lastSeq - 2)).toEqual(range(1, lastSeq));
  });

  test('reorder: all events come, some in the opposite order', async () => {
    const client = await openLive();
    inject({ name: 'reorder', stream: 't1', count: 4 });
    const { lastSeq } = await simulator.runPass({ stream: 't1', vehicles: 2 });
    expect(await client.sequence(lastSeq)).toEqual([4, 3, 2, 1, ...range(5, lastSeq)]);
  });

  test('duplicate: the last events come again, altered when wished', async () => {
    const client = await openLive();
    const { lastSeq } = await simulator.runPass({ stream: 't1', vehicles: 2 });
    await client.sequence(lastSeq);
    inject({ name: 'duplicate', stream: 't1', count: 3, kind: 'altered' });
    expect((await client.sequence(lastSeq + 3)).slice(-3)).toEqual(range(lastSeq - 2, lastSeq));
    expect(client.received.some(({ text }) => text.includes('"heightMm":111.11'))).toBe(true);
  });

  test('lost: the next hello begins after the loss', async () => {
    const { lastSeq } = await simulator.runPass({ stream: 't1', vehicles: 2 });
    const client = await openLive();
    inject({ name: 'lost', stream: 't1', count: 7 });
    await client.closed;
    const hello = await open().first(({ type }) => type === 'hello');
    expect(hello).toMatchObject({ oldestSeq: lastSeq + 8, latestSeq: lastSeq + 7 });
    const next = await simulator.runPass({ stream: 't1', vehicles: 1 });
    expect(next.firstSeq).toBe(lastSeq + 8);
  });

  test('new-stream: another identity, numbers from 1', async () => {
    const before = await simulator.runPass({ stream: 't1', vehicles: 2 });
    const client = await openLive();
    inject({ name: 'new-stream', stream: 't1' });
    await client.closed;
    const after = await simulator.runPass({ stream: 't1', vehicles: 2 });
    expect(after.firstSeq).toBe(1);
    expect(after.streamId).not.toBe(before.streamId);
  });

  test('cut: the socket ends without a closing handshake', async () => {
    const client = await openLive();
    inject({ name: 'cut' });
    expect(await client.closed).toBe(1006);
  });

  test('half-open: neither events nor pongs, yet the socket stays', async () => {
    const client = await openLive();
    inject({ name: 'half-open', stream: 't1' });
    let pongs = 0;
    client.socket.on('pong', () => (pongs += 1));
    client.socket.ping();
    await simulator.runPass({ stream: 't1', vehicles: 1 });
    // A second client shows that time has passed and that the server itself lives.
    const other = open({ fromSeq: 1 });
    await other.first(({ type }) => type === 'heartbeat');
    expect(numbersOf(client.received)).toEqual([]);
    expect(pongs).toBe(0);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  test('silent: pongs but no data, which comes afterwards', async () => {
    const client = await openLive();
    inject({ name: 'silent', stream: 't1', seconds: 0.4 });
    const { lastSeq } = await simulator.runPass({ stream: 't1', vehicles: 1 });
    const answered = new Promise((resolve) => client.socket.once('pong', resolve));
    client.socket.ping();
    await answered;
    expect(
      client.received.filter(({ message }) => message['type'] !== 'hello' && message['type'] !== 'heartbeat'),
    ).toEqual([]);
    expect(await client.sequence(lastSeq)).toEqual(range(1, lastSeq));
  });

  test('camera: the heartbeat says it at once', async () => {
    const client = await openLive();
    inject({ name: 'camera', stream: 't1', camera: 'F1R', status: 'degraded' });
    const heartbeat = await client.first(
      ({ type, cameras }) => type === 'heartbeat' && JSON.stringify(cameras).includes('degraded'),
    );
    expect(heartbeat['cameras']).toMatchObject([
      { id: 'F1L', status: 'ok' },
      { id: 'F1R', status: 'degraded' },
    ]);
  });

  test('clock-skew: the events of today come from another time', async () => {
    inject({ name: 'clock-skew', stream: 't1', hours: -5 });
    await simulator.runPass({ stream: 't1', vehicles: 1 });
    const at = /"at":"([^"]+)"/.exec(simulator.events('t1')[0]?.text ?? '')?.[1] ?? '';
    expect(Math.round((Date.parse(at) - Date.now()) / 3_600_000)).toBe(-5);
  });

  test('refuse and html: the upgrade is answered by something else', async () => {
    inject({ name: 'refuse', stream: 't1', status: '403', seconds: 0.2 });
    expect(await refusal({})).toBe(403);
    inject({ name: 'refuse', stream: 't1', seconds: 0 });
    inject({ name: 'html', stream: 't1', kind: 'upgrade' });
    expect(await refusal({})).toBe(200);
    expect(await refusal({})).toBeUndefined();
  });
});

describe('invalid messages', () => {
  test.each(['wrong-type', 'out-of-range', 'bad-measurement', 'unknown-message'] as const)(
    '%s takes a number of the stream',
    async (name) => {
      const client = await openLive();
      inject({ name, stream: 't1', count: 3 });
      const { lastSeq } = await simulator.runPass({ stream: 't1', vehicles: 1 });
      expect(await client.sequence(lastSeq)).toEqual(range(1, lastSeq));
    },
  );

  test('not JSON, HTML and binary come without a number, and the stream goes on', async () => {
    const client = await openLive();
    for (const name of ['not-json', 'html', 'binary'] as const) inject({ name, stream: 't1' });
    const { lastSeq } = await simulator.runPass({ stream: 't1', vehicles: 1 });
    expect(await client.sequence(lastSeq)).toEqual(range(1, lastSeq));
    expect(client.received.some(({ binary }) => binary)).toBe(true);
    expect(client.received.some(({ text }) => text.startsWith('<!DOCTYPE'))).toBe(true);
  });

  test.each([
    ['oversize', false, 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'],
    ['not-utf8', false, 'WS_ERR_INVALID_UTF8'],
    ['inflating', false, 'WS_ERR_UNEXPECTED_RSV_1'],
    ['inflating', true, 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'],
  ] as const)('%s (compression %s) makes a careful client close', async (name, deflate, code) => {
    const client = await openLive({ deflate });
    inject({ name, stream: 't1' });
    await client.closed;
    expect(client.errors).toMatchObject([{ code }]);
  });

  test('fragments: one message in thousands of them', async () => {
    const client = await openLive();
    inject({ name: 'fragments', stream: 't1', count: 3000 });
    await client.until(
      () => client.received.some(({ text }) => text.length === 3001) || client.errors.length > 0,
    );
    expect(client.errors.length + client.received.filter(({ text }) => text.length === 3001).length).toBe(1);
  });
});

describe('control over HTTP', () => {
  const call = (path: string, body?: unknown, token = 'simulator'): Promise<Response> =>
    fetch(`http://127.0.0.1:${simulator.port}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });

  test('lists streams and faults, and needs the token', async () => {
    expect(await (await call('/control')).json()).toMatchObject({
      streams: [{ key: 't1' }, { key: 't2' }],
      faults: {
        pass: { broken: expect.any(String) as string },
        stream: { cut: expect.any(String) as string },
      },
    });
    expect((await call('/control', undefined, 'wrong')).status).toBe(401);
  });

  test('an injected fault meets the next pass', async () => {
    expect(
      (await call('/control/fault', { name: 'broken', stream: 't1', vehicle: 5, position: '3Rb' })).status,
    ).toBe(200);
    const response = await call('/control/pass', { stream: 't1', instant: true });
    expect(await response.json()).toMatchObject({
      injections: [{ fault: 'broken', vehicleIndex: 5, position: '3Rb' }],
    });
  });

  test('what makes no sense is refused with a reason', async () => {
    for (const body of [
      { name: 'nonsense' },
      { name: 'broken', position: '9Zz' },
      { name: 'cut', stream: 't9' },
      'not json',
      [1],
    ]) {
      const response = await call('/control/fault', body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: expect.any(String) as string });
    }
  });
});
