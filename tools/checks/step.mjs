/** One step of `npm test`: a command, its output under a header, its time, and how many checks it made. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { nodeExecutable, root, toolEnvironment } from '../setup/paths.mjs';

/**
 * @typedef {{ passed: number, failed: number }} Count
 * @typedef {{ name: string, args: string[], report?: string, count?: (report: unknown) => Count,
 *   env?: Record<string, string>, minutes?: number }} Step
 *   args: of Node; report: a JSON file that the command writes; count: reads it (without it the step is one
 *   check); minutes: after which it is stopped and has failed
 */

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function execute(step, onOutput) {
  return new Promise((resolve) => {
    const child = spawn(nodeExecutable, step.args, {
      cwd: root,
      env: toolEnvironment({ NO_COLOR: '1', ...step.env }),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a step that is stopped takes along what it started.
      detached: process.platform !== 'win32',
    });
    const stop = (signal) => {
      try {
        if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
        else process.kill(-child.pid, signal);
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
    };
    const interrupted = () => {
      stop('SIGTERM');
      process.exitCode = 130;
      process.exit();
    };
    process.on('SIGINT', interrupted);
    process.on('SIGTERM', interrupted);
    const timer = setTimeout(
      () => {
        onOutput(`\nStopped after ${step.minutes} minutes.\n`);
        stop('SIGKILL');
      },
      (step.minutes ?? 10) * 60_000,
    );
    child.stdout.on('data', onOutput);
    child.stderr.on('data', onOutput);
    const end = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve(code);
    };
    child.on('error', (error) => {
      onOutput(`${error.message}\n`);
      end(-1);
    });
    // "exit", not "close": something left behind by the step may hold its output open.
    child.on('exit', (code) => end(code ?? -1));
  });
}

function counted(step, code) {
  const whole = code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (step.count === undefined) return whole;
  if (!existsSync(step.report)) return { passed: 0, failed: 1 };
  const count = step.count(JSON.parse(readFileSync(step.report, 'utf8')));
  // A runner that fails without a failed test (a broken file, an unhandled rejection) has failed all the same.
  if (code !== 0 && count.failed === 0) return { ...count, failed: 1 };
  // And one that ran nothing has proved nothing.
  if (count.passed + count.failed === 0) return { passed: 0, failed: 1 };
  return count;
}

/**
 * @param {Step} step
 * @param {{ live: boolean }} options live: show the output as it comes; else at the end, and only if it failed
 * @returns {Promise<Count>}
 */
export async function runStep(step, { live }) {
  const startedAt = performance.now();
  if (step.report !== undefined) rmSync(step.report, { force: true });
  if (live) console.log(`\n── ${step.name} ──`);
  const kept = [];
  const code = await execute(step, (chunk) => (live ? process.stdout.write(chunk) : kept.push(chunk)));
  const count = counted(step, code);
  const ok = count.failed === 0;
  const numbers = step.count === undefined ? '' : `, ${count.passed} passed, ${count.failed} failed`;
  if (!live && !ok) console.log(`\n── ${step.name} ──\n${kept.map(String).join('').trimEnd()}`);
  console.log(`${ok ? '✓' : '✗'} ${step.name} (${seconds(startedAt)}${numbers})`);
  return count;
}
