import { parseArgs } from 'node:util';
import { parseFault } from './faults.ts';
import type { Fault, Parsed } from './faults.ts';
import type { TrainKind } from './fleet.ts';
import { defaultStreams } from './simulator.ts';
import type { SimulatorOptions } from './simulator.ts';

export const usage = `npm run simulate -- [options]

  --host ADDRESS       where to listen (127.0.0.1)
  --port NUMBER        port, 0 for any free one (0)
  --token TEXT         bearer token that clients must send (simulator)
  --streams LIST       tracks, each a stream at /<track in lower case> (T1,T2)
  --seed TEXT          the same seed makes the same fleet and traffic (vicore)
  --speed NUMBER       acceleration of time within and between passes (1)
  --interval SECONDS   from one pass of a track to its next, in the trains' time (180)
  --trains LIST        truck, passenger: in turn (both, mixed)
  --incidents SHARE    share of passes with a random fault, 0 to 1 (0.1)
  --history-days DAYS  passes of the past that clients can still ask for (0)
  --keep-events COUNT  most events kept for a stream (120000)
  --fault NAME[:ARGS]  a fault, any number of times: broken:vehicle=12,position=3Rb
  --once               one pass on every stream, then wait for Ctrl+C without further trains
  --faults             list the faults and their meaning, then end
  --help               this text

When ready it prints one line of JSON: {"port", "token", "streams": [{"key", "url", "streamId", "site", "track"}]}.
While it runs it reads faults from standard input, one a line as for --fault; "pass" runs one more train.
Over HTTP, with the token: GET /control, POST /control/fault, POST /control/pass (docs/simulator.md).
`;

export interface CommandLine {
  command: 'run' | 'help' | 'faults';
  once: boolean;
  simulator: SimulatorOptions;
}

const flags = {
  host: { type: 'string' },
  port: { type: 'string' },
  token: { type: 'string' },
  streams: { type: 'string' },
  seed: { type: 'string' },
  speed: { type: 'string' },
  interval: { type: 'string' },
  trains: { type: 'string' },
  incidents: { type: 'string' },
  'history-days': { type: 'string' },
  'keep-events': { type: 'string' },
  fault: { type: 'string', multiple: true },
  once: { type: 'boolean' },
  faults: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type NumberFlag = 'port' | 'speed' | 'interval' | 'incidents' | 'history-days' | 'keep-events';

/** Lowest and highest value of each number. */
const ranges: Record<NumberFlag, readonly [number, number]> = {
  port: [0, 65_535],
  speed: [0.01, 10_000],
  interval: [1, 86_400],
  incidents: [0, 1],
  'history-days': [0, 60],
  'keep-events': [1000, 10_000_000],
};

const trainKinds = (text: string): TrainKind[] | undefined => {
  const names = text.split(',').map((name) => name.trim());
  const kinds = names.filter((name): name is TrainKind => name === 'truck' || name === 'passenger');
  return kinds.length === names.length ? kinds : undefined;
};

const streamsOf = (text: string): SimulatorOptions['streams'] =>
  text.split(',').map((name) => {
    const track = name.trim();
    const key = track.toLowerCase().replaceAll(/[^a-z0-9]/g, '-');
    return defaultStreams.find((stream) => stream.key === key) ?? { key, site: `Folkestone ${track}`, track };
  });

const parseFlags = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: flags, strict: true }).values;

/** Reads the command line; the error names the option and what it should be. */
export const readCommandLine = (args: readonly string[]): Parsed<CommandLine> => {
  let values: ReturnType<typeof parseFlags>;
  try {
    values = parseFlags(args);
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
  const numbers: Partial<Record<NumberFlag, number>> = {};
  for (const [name, [low, high]] of Object.entries(ranges) as [NumberFlag, readonly [number, number]][]) {
    const text = values[name];
    if (text === undefined) continue;
    const value = Number(text);
    if (text.trim() === '' || !(value >= low && value <= high)) {
      return { ok: false, error: `--${name} ${text}: a number from ${low} to ${high} is expected` };
    }
    numbers[name] = value;
  }
  const trains = values.trains === undefined ? [] : trainKinds(values.trains);
  if (trains === undefined)
    return { ok: false, error: `--trains ${String(values.trains)}: truck, passenger or both` };
  const faults: Fault[] = [];
  for (const text of values.fault ?? []) {
    const fault = parseFault(text);
    if (!fault.ok) return { ok: false, error: `--fault ${fault.error}` };
    faults.push(fault.value);
  }
  const once = values.once === true;
  return {
    ok: true,
    value: {
      command: values.help === true ? 'help' : values.faults === true ? 'faults' : 'run',
      once,
      simulator: {
        live: !once,
        incidents: numbers.incidents ?? 0.1,
        trains,
        faults,
        ...(values.host !== undefined && { host: values.host }),
        ...(values.token !== undefined && { token: values.token }),
        ...(values.seed !== undefined && { seed: values.seed }),
        ...(values.streams !== undefined && { streams: streamsOf(values.streams) }),
        ...(numbers.port !== undefined && { port: numbers.port }),
        ...(numbers.speed !== undefined && { speed: numbers.speed }),
        ...(numbers.interval !== undefined && { interval: numbers.interval }),
        ...(numbers['history-days'] !== undefined && { historyDays: numbers['history-days'] }),
        ...(numbers['keep-events'] !== undefined && { keepEvents: numbers['keep-events'] }),
      },
    },
  };
};
