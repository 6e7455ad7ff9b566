import { fileURLToPath } from 'node:url';
import { configureWorkstation, startProgram } from './workstation-process.ts';
import type { Program, WorkstationOptions } from './workstation-process.ts';

const headless = fileURLToPath(new URL('../../main/headless.ts', import.meta.url));

/** In the core's process: says how much memory it has, four times a second. Works on every platform. */
const memoryReporter = `setInterval(() => process.send?.(process.memoryUsage.rss()), 250).unref()`;

export interface IngestOptions extends WorkstationOptions {
  /** A core that keeps what it should let go dies of it. Default: as much as the machine gives. */
  readonly heapMegabytes?: number;
}

export interface Ingest extends Program {
  /** Resident memory in bytes: now, and the most since the last call of `forgetPeak`. */
  readonly memory: () => { readonly now: number; readonly peak: number };
  forgetPeak(): void;
}

/** The real headless core as a process of its own. */
export async function startIngest(options: IngestOptions): Promise<Ingest> {
  const { file, environment, within } = await configureWorkstation(options);
  const reporter = `data:text/javascript,${encodeURIComponent(memoryReporter)}`;
  const heap = options.heapMegabytes === undefined ? [] : [`--max-old-space-size=${options.heapMegabytes}`];
  const program = startProgram(
    [...heap, '--import', reporter, headless, '--config', file],
    environment,
    within,
  );
  let now = 0;
  let peak = 0;
  program.child.on('message', (bytes) => {
    now = Number(bytes);
    peak = Math.max(peak, now);
  });
  return {
    ...program,
    memory: () => ({ now, peak }),
    forgetPeak() {
      peak = now;
    },
  };
}
