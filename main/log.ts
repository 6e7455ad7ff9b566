import pino from 'pino';
import type { Log } from './core.ts';
import { redactFields, redactText } from './redact.ts';

export interface LineLog extends Log {
  /** For what happens just before an end. */
  fatal(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * One JSON object a line, written before the call returns where `destination` does so. The only way to a log, with
 * windows and without: no line leaves here with a secret in it (docs/security.md). `VICORE_LOG_LEVEL`: debug, info
 * (default), warn or error.
 */
export function createLog(
  destination: pino.DestinationStream,
  environment: NodeJS.ProcessEnv = process.env,
): LineLog {
  const logger = pino(
    { level: levelOf(environment), base: { pid: process.pid }, formatters: { log: redactFields } },
    destination,
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
