import { isFixedPosition } from './positions.ts';

/** What happens on or to the train: applied to the next pass of the stream. */
export const passFaults = {
  broken: 'a broken spring, 30 mm lower',
  missing: 'an empty seat: no height',
  solid: 'a spring whose coils touch',
  displaced: 'a spring that leans out of its seat',
  'low-height': 'a spring below its limits; millimetres is the height (default 172)',
  'high-height': 'a spring above its limits; millimetres is the height (default 292)',
  asymmetry: 'left and right springs of an axle differ; millimetres is the difference (default 14)',
  settling:
    'a spring that sinks slowly: by perPass mm a pass of its vehicle (default 1), or perDay mm a day since a time',
  'unseen-spring': 'a spring that the cameras do not see; with passes, again in later passes of its vehicle',
  'camera-blind': 'nothing is seen on one side (default left) of the whole train',
  incomplete: 'count springs of a vehicle are not seen (default 5)',
  'identity-contradiction': 'a vehicle is identified twice, differently',
  unidentified: 'a vehicle is never identified',
  'unknown-type': 'a vehicle of a type nobody knows, with axles (default 6)',
  'axle-mismatch': 'a vehicle of a known type with an unexpected number of axles (default 6)',
  'foreign-axle': 'a measurement names an axle that its vehicle does not have',
  'count-mismatch': 'the train is said to have count vehicles fewer than were seen (default 1)',
  conflict: 'two good measurements of a spring differ by millimetres (default 20)',
  doubtful: 'a height below its limits with low confidence (default 0.5)',
  refined: 'a doubtful critical height that a surer, normal one replaces',
  'late-identification': 'a vehicle is identified after the end of the pass',
  'late-measurement': 'a critical measurement comes seconds (default 5) after the end of the pass',
  aborted: 'the pass is aborted half-way',
  abandoned: 'the pass never ends',
  hostile: 'strings that attack: markup, SQL, formulas, __proto__, control characters (kind picks one)',
  'foreign-pass': 'a measurement of a pass that never started',
} as const;

/** What happens to the link or the stream: at once. */
export const streamFaults = {
  cut: 'the sockets are dropped without a closing handshake',
  refuse: 'new connections are refused with HTTP status (default 503) for seconds (default 30)',
  'half-open': 'open sockets stay open and never answer again, not even pings',
  silent: 'pings are answered, but nothing is sent for seconds (default 60)',
  'no-heartbeat': 'no heartbeats for seconds (default 60)',
  camera: 'a camera (default the first) is status offline or degraded for seconds (default 60)',
  gap: 'count events (default 1) are skipped; they can be asked for',
  lost: 'count events (default 10) are lost for good, then the sockets are dropped',
  duplicate: 'the last count events (default 5) are sent again; kind=altered changes what they say',
  reorder: 'the next count events (default 4) arrive in the opposite order',
  'new-stream': 'the stream starts anew under another identity',
  'clock-skew': 'the camera clock is wrong by hours (0 ends it)',
  burst: 'count events (default 50000) at once, from passes of the last hours',
  'wrong-type': 'an event whose fields have the wrong types',
  'out-of-range': 'an event whose numbers are out of range',
  'bad-measurement': 'one malformed measurement among good ones',
  'unknown-message': 'an event of a type nobody knows, with a seq',
  'not-json': 'a text that is not JSON, without a seq',
  'not-utf8': 'a text message that is not UTF-8',
  binary: 'a binary message',
  html: "a proxy's HTML page as a message; kind=upgrade answers the next count connections with it",
  oversize: 'a message of 2 MiB',
  inflating: 'a compressed message that inflates to 64 MiB',
  fragments: 'one message in count fragments (default 5000)',
} as const;

export type PassFaultName = keyof typeof passFaults;
export type StreamFaultName = keyof typeof streamFaults;
export type FaultName = PassFaultName | StreamFaultName;

/** Arguments that every fault reads if they mean something to it; a fault chooses at random what is not said. */
export interface FaultArguments {
  /** The stream's key (`t1`); every stream when absent. */
  stream?: string;
  /** `index` of the vehicle in the pass, from 1. */
  vehicle?: number;
  /** The vehicle by its number: the fault waits for a pass with it. */
  number?: string;
  /** Fixed code, `3Rb`. */
  position?: string;
  side?: 'left' | 'right';
  /** Of how many passes (default 1; settling never ends by itself). */
  passes?: number;
  millimetres?: number;
  perPass?: number;
  perDay?: number;
  /** RFC 3339, for `perDay`. */
  since?: string;
  confidence?: number;
  axles?: number;
  count?: number;
  seconds?: number;
  hours?: number;
  kind?: string;
  status?: string;
  camera?: string;
}

export interface Fault extends FaultArguments {
  name: FaultName;
}
export interface PassFault extends FaultArguments {
  name: PassFaultName;
}
export interface StreamFault extends FaultArguments {
  name: StreamFaultName;
}

export const isPassFault = (fault: Fault): fault is PassFault => fault.name in passFaults;
export const isStreamFault = (fault: Fault): fault is StreamFault => Object.hasOwn(streamFaults, fault.name);

export type Parsed<Value> = { ok: true; value: Value } | { ok: false; error: string };

const isFaultName = (name: string): name is FaultName =>
  Object.hasOwn(passFaults, name) || Object.hasOwn(streamFaults, name);

const numbers = new Set([
  'vehicle',
  'passes',
  'millimetres',
  'perPass',
  'perDay',
  'confidence',
  'axles',
  'count',
  'seconds',
  'hours',
]);
const texts = new Set(['stream', 'number', 'position', 'side', 'since', 'kind', 'status', 'camera']);

const argumentProblem = (name: string, value: unknown): string | undefined => {
  if (numbers.has(name)) {
    return typeof value === 'number' && Number.isFinite(value) ? undefined : `${name} must be a number`;
  }
  if (!texts.has(name)) return `unknown argument ${name}`;
  if (typeof value !== 'string' || value === '') return `${name} must be a text`;
  if (name === 'position' && !isFixedPosition(value))
    return `position must be a fixed code such as 3Rb, not ${value}`;
  if (name === 'side' && value !== 'left' && value !== 'right')
    return `side must be left or right, not ${value}`;
  if (name === 'since' && Number.isNaN(Date.parse(value))) return `since must be a time, not ${value}`;
  return undefined;
};

/** Checks a fault that came from outside (HTTP, command line). */
export const checkFault = (input: unknown): Parsed<Fault> => {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { ok: false, error: 'a fault is an object' };
  const { name, ...rest } = input as Record<string, unknown>;
  if (typeof name !== 'string' || !isFaultName(name))
    return { ok: false, error: `unknown fault ${String(name)}` };
  for (const [key, value] of Object.entries(rest)) {
    const problem = argumentProblem(key, value);
    if (problem !== undefined) return { ok: false, error: `${name}: ${problem}` };
  }
  return { ok: true, value: { ...rest, name } };
};

/** Reads `name` or `name:key=value,key=value`, the form of `--fault`. */
export const parseFault = (text: string): Parsed<Fault> => {
  const colon = text.indexOf(':');
  const fields: Record<string, unknown> = { name: colon < 0 ? text : text.slice(0, colon) };
  for (const field of colon < 0 ? [] : text.slice(colon + 1).split(',')) {
    const equals = field.indexOf('=');
    if (equals < 1) return { ok: false, error: `${text}: write arguments as key=value` };
    const key = field.slice(0, equals).trim();
    const value = field.slice(equals + 1).trim();
    fields[key] = numbers.has(key) && value !== '' ? Number(value) : value;
  }
  return checkFault(fields);
};
