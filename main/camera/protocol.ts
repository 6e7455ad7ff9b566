import { z } from 'zod';
import type { CameraSide } from '../../contract/domain.ts';
import type { StreamEvent, StreamInfo } from '../passes/events.ts';
import type { Measurement } from '../springs/measurement.ts';
import { messageSchemas } from './protocol-schema.ts';
import { describeIssues, show } from './reasons.ts';
import { parseTime } from './time.ts';

export interface Hello extends StreamInfo {
  readonly cameras: readonly { readonly id: string; readonly side: CameraSide; readonly name: string }[];
  readonly oldestSeq: number;
  /** 0 when the stream is empty. */
  readonly latestSeq: number;
}

export interface CameraReport {
  readonly id: string;
  readonly status: 'ok' | 'degraded' | 'offline';
  readonly fps: number;
  readonly temperatureC: number;
  /** ms since the epoch, camera clock. */
  readonly lastFrameAt: number;
}

export type ParsedMessage =
  | { readonly kind: 'hello'; readonly hello: Hello }
  | { readonly kind: 'heartbeat'; readonly at: number; readonly cameras: readonly CameraReport[] }
  | { readonly kind: 'event'; readonly event: StreamEvent }
  | Rejected;

export interface Rejected {
  readonly kind: 'rejected';
  /** Absent when it cannot be read, or the message is of a type that has none. */
  readonly seq?: number | undefined;
  /** For people: the field, what it is, what was expected. */
  readonly reason: string;
  /** A `hello` of a protocol this client does not speak. */
  readonly protocol?: number | undefined;
}

/*
 * Compiled once at load: generated code checks a message in a small part of the time its JSON.parse takes
 * (docs/benchmarks.md B6). `z.compile` goes back to the interpreter by itself where it cannot generate.
 */
const schemas = {
  hello: z.compile(messageSchemas.hello),
  heartbeat: z.compile(messageSchemas.heartbeat),
  'pass.started': z.compile(messageSchemas['pass.started']),
  'vehicle.identified': z.compile(messageSchemas['vehicle.identified']),
  'springs.measured': z.compile(messageSchemas['springs.measured']),
  'pass.completed': z.compile(messageSchemas['pass.completed']),
  'pass.aborted': z.compile(messageSchemas['pass.aborted']),
} as const;

type Wire<K extends keyof typeof schemas> = z.output<(typeof schemas)[K]>;

/** The schema has found it to be a time. */
const timeOf = (text: string): number => parseTime(text) ?? 0;

/**
 * Millimetres to integer hundredths, half up, by the decimal number that was sent: 1.005 is 101, although its
 * binary form lies below. Away from a half the plain product cannot err.
 */
export function toHundredths(millimetres: number): number {
  const product = millimetres * 100;
  const rounded = Math.round(product);
  // `+ 0` makes a negative zero a zero.
  if (Math.abs(product - rounded) < 0.49) return rounded + 0;
  return Math.round(Number(`${millimetres}e2`));
}

function measurementOf(wire: Wire<'springs.measured'>['measurements'][number]): Measurement {
  return {
    axle: wire.axle,
    side: wire.side,
    nest: wire.nest,
    heightCmm: wire.heightMm === null ? undefined : toHundredths(wire.heightMm),
    confidence: wire.confidence,
    defect: wire.defect,
    imageId: wire.imageId ?? undefined,
  };
}

function eventOf(
  wire: Wire<'pass.started' | 'vehicle.identified' | 'springs.measured' | 'pass.completed' | 'pass.aborted'>,
): StreamEvent {
  const common = { seq: wire.seq, at: timeOf(wire.at), passId: wire.passId.toLowerCase() };
  if (wire.type === 'springs.measured') {
    const { type, index, cameraId } = wire;
    return { ...common, type, index, cameraId, measurements: wire.measurements.map(measurementOf) };
  }
  return { ...wire, ...common };
}

function helloOf(wire: Wire<'hello'>): Hello {
  const { streamId, site, track, cameras, oldestSeq, latestSeq } = wire;
  return { streamId, site, track, cameras, oldestSeq, latestSeq };
}

function heartbeatOf(wire: Wire<'heartbeat'>): ParsedMessage {
  const cameras = wire.cameras.map((camera) => ({ ...camera, lastFrameAt: timeOf(camera.lastFrameAt) }));
  return { kind: 'heartbeat', at: timeOf(wire.at), cameras };
}

function seqOf(message: object): number | undefined {
  const seq = 'seq' in message ? message.seq : undefined;
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 1 ? seq : undefined;
}

function convert(message: { readonly type?: unknown }): ParsedMessage {
  const { type } = message;
  switch (type) {
    case 'hello': {
      const checked = schemas.hello.safeParse(message);
      if (checked.success) return { kind: 'hello', hello: helloOf(checked.data) };
      const protocol = 'protocol' in message ? message.protocol : undefined;
      return {
        kind: 'rejected',
        reason: describeIssues(checked.error.issues, message),
        protocol: Number.isInteger(protocol) && protocol !== 1 ? Number(protocol) : undefined,
      };
    }
    case 'heartbeat': {
      const checked = schemas.heartbeat.safeParse(message);
      if (checked.success) return heartbeatOf(checked.data);
      return { kind: 'rejected', reason: describeIssues(checked.error.issues, message) };
    }
    case 'pass.started':
    case 'vehicle.identified':
    case 'springs.measured':
    case 'pass.completed':
    case 'pass.aborted': {
      const checked = schemas[type].safeParse(message);
      if (checked.success) return { kind: 'event', event: eventOf(checked.data) };
      return {
        kind: 'rejected',
        seq: seqOf(message),
        reason: describeIssues(checked.error.issues, message),
      };
    }
    default:
      return {
        kind: 'rejected',
        seq: seqOf(message),
        reason: type === undefined ? 'type: missing' : `type: unknown message type ${show(type)}`,
      };
  }
}

/** Checks a message that is JSON already; for benchmarks, which time the check without the parsing. */
export function checkMessage(message: unknown): ParsedMessage {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return { kind: 'rejected', reason: `message: expected a JSON object, got ${show(message)}` };
  }
  return convert(message);
}

/**
 * Checks one text message of the stream and brings it into the core's terms: heights in hundredths of a
 * millimetre, times in ms since the epoch, UUIDs in lower case, null as undefined. Never throws.
 */
export function parseMessage(text: string): ParsedMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: 'rejected', reason: 'message: not JSON' };
  }
  return checkMessage(message);
}
