import type { StreamFault, StreamFaultName } from './faults.ts';
import {
  brokenText,
  htmlPage,
  inflatingFrame,
  invalidEvents,
  notUtf8,
  oversizeText,
} from './invalid-messages.ts';
import { iso } from './pass-events.ts';
import type { PassEvent } from './protocol.ts';
import type { CameraStream } from './stream.ts';
import type { Timetable } from './timetable.ts';
import { generateHistory } from './traffic.ts';
import type { Traffic } from './traffic.ts';

interface Target {
  stream: CameraStream;
  timetable: Timetable;
  traffic: Traffic;
}

type Act = (target: Target, fault: StreamFault) => void;

const seconds = (fault: StreamFault, usual: number): number => (fault.seconds ?? usual) * 1000;

/** Half an hour of traffic has about this many events a track at the busiest. */
const eventsPerPass = 100;
const burstIntervalMs = 90_000;

const storeInvalid: Act = ({ stream }, { name, count = 1 }) => {
  const objects = invalidEvents[name]?.(iso(Date.now())) ?? [];
  for (let step = 0; step < count; step += 1) {
    const chosen = objects[step % objects.length];
    if (chosen !== undefined) stream.appendText((seq) => JSON.stringify({ ...chosen, seq }));
  }
};

const acts: Record<StreamFaultName, Act> = {
  cut: ({ stream }) => stream.cut(),
  refuse: ({ stream }, fault) => {
    const status = Number(fault.status ?? 503);
    stream.refusalStatus = Number.isInteger(status) && status >= 400 && status <= 599 ? status : 503;
    stream.refusedUntil = Date.now() + seconds(fault, 30);
    stream.cut();
  },
  'half-open': ({ stream }) => {
    for (const connection of stream.connections) connection.deaf = true;
  },
  silent: ({ stream }, fault) => stream.fallSilent(seconds(fault, 60)),
  'no-heartbeat': ({ stream }, fault) => {
    stream.heartbeatsPausedUntil = Date.now() + seconds(fault, 60);
  },
  camera: ({ stream }, fault) => {
    const id = fault.camera ?? stream.cameras[0]?.id ?? '';
    const state = fault.status === 'degraded' || fault.status === 'ok' ? fault.status : 'offline';
    stream.cameraStates.set(id, { state, until: Date.now() + seconds(fault, 60) });
    stream.sendHeartbeat();
  },
  gap: ({ stream }, { count = 1 }) => stream.skipNext(count),
  lost: ({ stream }, { count = 10 }) => {
    stream.ring.lose(count);
    stream.cut();
  },
  duplicate: ({ stream }, { count = 5, kind }) => {
    const { ring } = stream;
    for (let seq = Math.max(ring.oldestSeq, ring.latestSeq - count + 1); seq <= ring.latestSeq; seq += 1) {
      const text = ring.at(seq)?.text;
      if (text === undefined) continue;
      const again = kind === 'altered' ? text.replaceAll(/"heightMm":[\d.]+/g, '"heightMm":111.11') : text;
      for (const connection of stream.connections) {
        if ((connection.cursor ?? 0) > seq) connection.transmit(again);
      }
    }
  },
  reorder: ({ stream }, { count = 4 }) => {
    for (const connection of stream.connections) connection.reverseNext(count);
  },
  'new-stream': ({ stream, timetable }) => {
    timetable.cancel();
    stream.restart();
    timetable.hurry();
  },
  'clock-skew': ({ stream }, { hours = 3 }) => {
    stream.clockSkewMs = hours * 3_600_000;
  },
  burst: ({ stream, traffic }, { count = 50_000 }) => {
    const now = Date.now();
    const from = now - Math.ceil(count / eventsPerPass) * burstIntervalMs;
    const events: PassEvent[] = [];
    let start = from;
    while (events.length < count) {
      // Passes are short of events now and then: fill the same hours a second time rather than run into the future.
      for (const pass of generateHistory(traffic, { from: start, to: now, intervalMs: burstIntervalMs })) {
        events.push(...pass.events);
        if (events.length >= count) break;
      }
      start += 7;
    }
    stream.appendAll(events);
  },
  'wrong-type': storeInvalid,
  'out-of-range': storeInvalid,
  'bad-measurement': storeInvalid,
  'unknown-message': storeInvalid,
  'not-json': ({ stream }) => {
    for (const connection of stream.connections) connection.transmit(brokenText);
  },
  'not-utf8': ({ stream }) => {
    for (const { socket } of stream.connections) socket.send(notUtf8, { binary: false });
  },
  binary: ({ stream }) => {
    for (const { socket } of stream.connections) socket.send(Buffer.from([0, 1, 2, 250]), { binary: true });
  },
  html: ({ stream }, { kind, count = 1 }) => {
    if (kind === 'upgrade') {
      stream.htmlUpgrades = count;
      stream.cut();
      return;
    }
    for (const connection of stream.connections) connection.transmit(htmlPage);
  },
  oversize: ({ stream }) => {
    for (const connection of stream.connections) connection.transmit(oversizeText(2 * 1024 * 1024));
  },
  inflating: ({ stream }) => {
    const frame = inflatingFrame(64 * 1024 * 1024);
    for (const { transport } of stream.connections) transport.write(frame);
  },
  fragments: ({ stream }, { count = 5000 }) => {
    for (const { socket } of stream.connections) {
      for (let step = 0; step < count; step += 1) socket.send('x', { fin: false });
      socket.send('x', { fin: true });
    }
  },
};

/** Does what the fault says to the stream, at once. */
export const applyStreamFault = (target: Target, fault: StreamFault): void => acts[fault.name](target, fault);
