import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { electronRuntime } from '../setup/index.mjs';
import { now } from './clock.ts';

const observer = path.join(import.meta.dirname, 'observer');
const timeoutMs = 60_000;
const line = z.object({ event: z.enum(['ready', 'created', 'visible', 'painted']), at: z.number() });

export interface Start {
  /** Main file of the application. */
  readonly entry: string;
  /** What must be on the page of the first window. */
  readonly selector: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** ms since the process was asked for. */
export interface StartTimes {
  /** Electron is ready. */
  readonly ready: number;
  /** The first window is made, not loaded. */
  readonly created: number;
  readonly visible: number;
  /** The content painted in a visible window. */
  readonly painted: number;
}

/** Starts the application as a person does, waits until its window is painted, ends it. */
export async function observeStart({ entry, selector, environment }: Start): Promise<StartTimes> {
  const runtime = electronRuntime();
  const begun = now();
  const child = spawn(runtime.executable, [...runtime.args, observer], {
    env: {
      ...process.env,
      ...runtime.env,
      ...environment,
      VICORE_BENCH_ENTRY: entry,
      VICORE_BENCH_SELECTOR: selector,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const seen = new Map<string, number>();
  let said = '';
  const both = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      if (!text.startsWith('bench ')) return;
      const { event, at } = line.parse(JSON.parse(text.slice('bench '.length)));
      seen.set(event, at - begun);
      if (seen.has('visible') && seen.has('painted')) resolve();
    });
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  try {
    await Promise.race([both, ended]);
  } finally {
    clearTimeout(timer);
    child.kill('SIGTERM');
    await ended;
  }
  const [ready, created, visible, painted] = ['ready', 'created', 'visible', 'painted'].map((event) =>
    seen.get(event),
  );
  if (ready === undefined || created === undefined || visible === undefined || painted === undefined) {
    throw new Error(`${entry}: no window with ${selector} was seen: ${said}`);
  }
  return { ready, created, visible, painted: Math.max(visible, painted) };
}
