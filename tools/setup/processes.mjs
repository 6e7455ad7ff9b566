/** Child processes of the set-up: their output is kept and shown only when they fail. */
import { spawn } from 'node:child_process';

/** A failure that a person can act on; its message is printed as it is, without a stack. */
export class SetupError extends Error {}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onLine?: (line: string) => void }} [options]
 *   timeoutMs: the process is killed after that many milliseconds and counts as failed
 * @returns {Promise<{ code: number, output: string }>} code -1 when it could not be started or was killed
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    // npm is a .cmd file on Windows, which only a shell can start.
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
    });
    let output = '';
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            output += `\nstopped after ${options.timeoutMs / 1000} s\n`;
            child.kill('SIGKILL');
          }, options.timeoutMs);
    const take = (chunk) => {
      const text = chunk.toString();
      output += text;
      if (options.onLine) for (const line of text.split(/[\r\n]+/)) if (line) options.onLine(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: -1, output: `${output}${error.message}\n` });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? -1, output });
    });
  });
}

/** The last lines of what a failed command said: the cause is nearly always there. */
export function tail(output, lines = 25) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
