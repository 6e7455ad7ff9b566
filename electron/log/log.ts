import { createLog } from '../../main/log.ts';
import type { LineLog } from '../../main/log.ts';
import { openRotatingFile } from './rotating-file.ts';

/** 5 files of 10 MiB: days of normal operation, and never more than 50 MiB. */
const size = 10 * 1024 * 1024;
const count = 5;

interface Lines {
  write(line: string): void;
}

/**
 * The log of the program, one JSON object a line, in `directory`/vicore.log; older lines are in vicore.1.log to
 * vicore.4.log. Like all lines, the last before an end is written before the call returns. A directory that cannot be
 * written to sends the log to standard error instead (fault 39).
 */
export function openLog(directory: string, environment: NodeJS.ProcessEnv = process.env): LineLog {
  return createLog(open(directory), environment);
}

function open(directory: string): Lines {
  const say = (problem: string) => (error: unknown) => {
    process.stderr.write(`vicore: ${problem}: ${String(error)}\n`);
  };
  try {
    return openRotatingFile({
      directory,
      name: 'vicore',
      size,
      count,
      onFault: say(`a line of the log in ${directory} could not be written`),
    });
  } catch (error) {
    say(`the log directory ${directory} cannot be written to`)(error);
    return { write: (line) => process.stderr.write(line) };
  }
}
