/** Runs a program on the project's Node 24 in the foreground. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { nodeExecutable, toolEnvironment } from './paths.mjs';
import { SetupError } from './processes.mjs';

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const parentCheckMs = 200;

/**
 * npm passes SIGTERM to a shell that dies of it without a word to us: a parent that has gone means the same.
 *
 * @param {() => void} onGone
 * @returns {() => void} the way to stop watching
 */
function watchParent(onGone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, parentCheckMs);
  return () => clearInterval(timer);
}

/**
 * @param {readonly string[]} args what follows `node`
 * @param {{ env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<number>} the exit code, 128 + signal when a signal ended it
 */
export function runNode(args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(nodeExecutable, args, {
      stdio: 'inherit',
      cwd: options.cwd,
      env: toolEnvironment(options.env),
    });
    const listeners = passedOn.map((signal) => {
      // Ctrl+C in a terminal reaches the whole group: the child has it already, and a second one would look
      // like impatience. Sent from elsewhere it reaches this process alone and is passed on.
      const listener = () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      };
      process.on(signal, listener);
      return { signal, listener };
    });
    const stopWatching = watchParent(() => child.kill('SIGTERM'));
    const release = () => {
      stopWatching();
      for (const { signal, listener } of listeners) process.off(signal, listener);
    };
    child.on('error', (error) => {
      release();
      reject(new SetupError(`Node 24 could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      release();
      resolve(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0));
    });
  });
}
