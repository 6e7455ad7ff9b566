import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Log } from '../main/core.ts';

const largestFile = 20 * 1024 * 1024;

export interface FileLog extends Log {
  /** Written before this returns, for what happens just before an end. */
  fatal(fields: Readonly<Record<string, unknown>>, message: string): void;
  flush(): void;
}

/**
 * The log of the program, one JSON object a line, in `directory`/vicore.log; the one before is kept when it grew
 * past 20 MiB. A directory that cannot be written to sends the log to standard error instead (fault 39).
 */
export function openLog(directory: string): FileLog {
  const file = join(directory, 'vicore.log');
  const destination = open(directory, file);
  const logger = pino(
    {
      level: levelOf(process.env),
      base: { pid: process.pid },
      serializers: { error: pino.stdSerializers.err },
    },
    destination,
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    fatal(fields, message) {
      logger.fatal(fields, message);
      flush(destination);
    },
    flush: () => {
      flush(destination);
    },
  };
}

/** `VICORE_LOG_LEVEL`: debug, info (default), warn or error. */
function levelOf(environment: NodeJS.ProcessEnv): string {
  const wanted = environment['VICORE_LOG_LEVEL'];
  return wanted !== undefined && ['debug', 'info', 'warn', 'error'].includes(wanted) ? wanted : 'info';
}

type Destination = ReturnType<typeof pino.destination>;

function open(directory: string, file: string): Destination {
  try {
    mkdirSync(directory, { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestFile) renameSync(file, `${file}.1`);
    appendFileSync(file, '');
    // Synchronous: some lines a second at most, and none is lost when the program dies.
    return pino.destination({ dest: file, sync: true });
  } catch (error) {
    process.stderr.write(`vicore: the log directory ${directory} cannot be written to: ${String(error)}\n`);
    return pino.destination({ dest: 2, sync: true });
  }
}

function flush(destination: Destination): void {
  destination.flushSync();
}
