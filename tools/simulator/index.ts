/** The camera simulator as a command: `npm run simulate -- --help`. */
import { createInterface } from 'node:readline';
import { parseFault, passFaults, streamFaults } from './faults.ts';
import { readCommandLine, usage } from './options.ts';
import type { CommandLine } from './options.ts';
import { startSimulator } from './simulator.ts';
import type { Simulator } from './simulator.ts';

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const runEverywhere = (simulator: Simulator): Promise<unknown> =>
  Promise.all(simulator.streams.map(({ key }) => simulator.runPass({ stream: key, instant: false })));

const obeyLine = (simulator: Simulator, line: string): void => {
  const text = line.trim();
  if (text === '') return;
  if (text === 'pass') {
    void runEverywhere(simulator);
    return;
  }
  const parsed = parseFault(text);
  const result = parsed.ok ? simulator.inject(parsed.value) : parsed;
  say(result.ok ? `injected ${text}` : result.error);
};

const run = async ({ simulator: options, once }: CommandLine): Promise<void> => {
  const simulator = await startSimulator(options);
  const { port, token, streams } = simulator;
  process.stdout.write(`${JSON.stringify({ port, token, streams })}\n`);
  createInterface({ input: process.stdin }).on('line', (line) => obeyLine(simulator, line));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void simulator.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (once) await runEverywhere(simulator);
};

const parsed = readCommandLine(process.argv.slice(2));
if (!parsed.ok) {
  say(`${parsed.error}\n\n${usage}`);
  process.exitCode = 2;
} else if (parsed.value.command === 'help') {
  process.stdout.write(usage);
} else if (parsed.value.command === 'faults') {
  for (const [name, meaning] of [...Object.entries(passFaults), ...Object.entries(streamFaults)]) {
    process.stdout.write(`${name.padEnd(24)}${meaning}\n`);
  }
} else {
  await run(parsed.value);
}
