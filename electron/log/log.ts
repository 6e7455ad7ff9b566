import pino from 'pino';
import type { Log } from '../../main/core.ts';
import { redactFields, redactText } from './redact.ts';
import { openRotatingFile } from './rotating-file.ts';

/** 5 files of 10 MiB: days of normal operation, and never more than 50 MiB. */
const size = 10 * 1024 * 1024;
const count = 5;

export interface FileLog extends Log {
  /** For what happens just before an end. Like all lines, it is written before this returns. */
  fatal(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * The log of the program, one JSON object a line, in `directory`/vicore.log; older lines are in vicore.1.log to
 * vicore.4.log. No secret is in it (docs/security.md). A directory that cannot be written to sends the log to
 * standard error instead (fault 39). `VICORE_LOG_LEVEL`: debug, info (default), warn or error.
 */
export function openLog(directory: string, environment: NodeJS.ProcessEnv = process.env): FileLog {
  const logger = pino(
    {
      level: levelOf(environment),
      base: { pid: process.pid },
      formatters: { log: redactFields },
    },
    open(directory),
  );
  return {
    debug: (fields, message) => logger.debug(fields, redactText(message)),
    info: (fields, message) => logger.info(fields, redactText(message)),
    warn: (fields, message) => logger.warn(fields, redactText(message)),
    error: (fields, message) => logger.error(fields, redactText(message)),
    fatal: (fields, message) => logger.fatal(fields, redactText(message)),
  };
}

function levelOf(environment: NodeJS.ProcessEnv): string {
  const wanted = environment['VICORE_LOG_LEVEL'];
  return wanted !== undefined && ['debug', 'info', 'warn', 'error'].includes(wanted) ? wanted : 'info';
}

function open(directory: string): pino.DestinationStream {
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
