/** What the demonstration's workstation is called. */
export const workstation = 'RCC-FOLK-01';

import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Trains run so many times faster than real ones. */
  readonly speed: number;
  /** Seconds of the trains' time between two passes of a track. */
  readonly interval: number;
  /** Share of passes that carry a random fault. */
  readonly incidents: number;
  /** Throws away what earlier demonstrations left. */
  readonly fresh: boolean;
  /** Monitors of the virtual display, where one is needed. */
  readonly monitors: number;
  /** Ends by itself after so many passes were seen; for a look without staying. */
  readonly passes: number | undefined;
}

export const usage = `npm start -- [options]
  --speed N       trains run N times faster (1)
  --interval S    seconds between two passes of a track (120)
  --incidents P   share of passes with a random fault, 0 to 1 (0.3)
  --fresh         forget earlier demonstrations
  --monitors N    monitors of the virtual display, where there is no real one (3)
  --passes N      end after N passes have ended`;

const options = {
  speed: { type: 'string', default: '1' },
  interval: { type: 'string', default: '120' },
  incidents: { type: 'string', default: '0.3' },
  fresh: { type: 'boolean', default: false },
  monitors: { type: 'string', default: '3' },
  passes: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new Error(`--${name} ${text}: expected a number from ${least} to ${most}\n${usage}`);
}

/** Undefined: only help was asked for. Throws an Error whose message is for people. */
export function demoOptions(args: readonly string[]): DemoOptions | undefined {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return undefined;
  return {
    speed: numberIn('speed', values.speed, 0.1, 100),
    interval: numberIn('interval', values.interval, 10, 86_400),
    incidents: numberIn('incidents', values.incidents, 0, 1),
    fresh: values.fresh,
    monitors: numberIn('monitors', values.monitors, 1, 3),
    passes: values.passes === undefined ? undefined : numberIn('passes', values.passes, 1, 1000),
  };
}
