/** Background programs of a virtual desktop: started, watched, ended. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

export type Background = {
  readonly child: ChildProcess;
  /** What it has said so far on standard error and output: the reason when it does not come up. */
  readonly said: () => string;
  readonly stop: () => Promise<void>;
};

/** Starts a program that ends with `stop`; `extra` are stdio slots after the standard three. */
export function startBackground(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  extra: readonly 'pipe'[] = [],
): Background {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...extra];
  const child = spawn(command, args, { env, stdio });
  let output = '';
  const take = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-8000);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      over = true;
      resolve();
    });
    child.once('exit', () => {
      over = true;
      resolve();
    });
  });
  return {
    child,
    said: () => output,
    async stop() {
      if (over) return;
      child.kill('SIGTERM');
      const forced = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(forced);
    },
  };
}

/** Output of a short command; rejects when it fails or takes longer than 10 s. */
export async function output(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { stdout } = await execFileAsync(command, [...args], { env, timeout: 10_000, maxBuffer: 16 << 20 });
  return stdout;
}

/**
 * Asks again until the answer is not undefined.
 * @param timeoutMs milliseconds after which it rejects with `what`
 */
export async function until<T>(
  what: string,
  timeoutMs: number,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}`);
    await delay(50);
  }
}
