import { LocalStoreError } from './failure.ts';
import type { Sliced } from './slices.ts';

interface LongJob {
  readonly steps: Sliced<unknown>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
}

export interface Scheduler {
  /** Runs before everything else; all appends that wait share one commit. */
  append(run: () => void): void;
  /** In order of arrival. */
  direct(run: () => void): void;
  /** One short step at a time, when nothing else waits, or after a while in any case. */
  long(job: LongJob): void;
  /** Fails the long jobs: the file they work on is another one now. */
  abandonLong(reason: string): void;
  idle(): Promise<void>;
}

/** Longest wait of a long job behind other work before it gets a step all the same, ms. */
const patience = 30;

/**
 * The order of work in the one thread that owns the files: an event must become durable at once, a window waits for
 * its read, the feed can wait. Each turn ends by letting new messages in.
 */
export const createScheduler = (): Scheduler => {
  let appendJob: (() => void) | undefined;
  const jobs: (() => void)[] = [];
  const long: LongJob[] = [];
  const waiting: (() => void)[] = [];
  let scheduled = false;
  let lastStep = 0;

  const step = (job: LongJob): void => {
    lastStep = performance.now();
    try {
      const result = job.steps.next();
      if (result.done !== true) return;
      long.shift();
      job.done(result.value);
    } catch (error) {
      if (long[0] === job) long.shift();
      job.failed(error);
    }
  };

  const turn = (): void => {
    scheduled = false;
    const append = appendJob;
    appendJob = undefined;
    append?.();
    const next = jobs.shift();
    next?.();
    const [first] = long;
    if (first !== undefined && (next === undefined || performance.now() - lastStep > patience)) step(first);
    if (appendJob !== undefined || jobs.length > 0 || long.length > 0) schedule();
    else for (const resolve of waiting.splice(0)) resolve();
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(turn);
  };

  return {
    append(run) {
      appendJob = run;
      schedule();
    },
    direct(run) {
      jobs.push(run);
      schedule();
    },
    long(job) {
      long.push(job);
      schedule();
    },
    abandonLong(reason) {
      for (const job of long.splice(0)) job.failed(new LocalStoreError({ code: 'damaged', message: reason }));
    },
    idle() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        schedule();
      });
    },
  };
};
