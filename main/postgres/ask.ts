import { type CallError, failure, type Result } from '../../contract/errors.ts';
import { NoWritableHost, type OpenConnection } from './connection.ts';
import { describeFailure, failureCode } from './failure.ts';

/** Why there is no connection, for people; `readOnly` when the database is there and may not be written. */
export interface Hindrance {
  readonly reason: string;
  readonly readOnly: boolean;
}

export interface AskOptions {
  readonly connection: () => OpenConnection | undefined | Promise<OpenConnection | undefined>;
  readonly hindrance: () => Hindrance;
  readonly debug: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

export interface Statement {
  /** For the log: what is done, such as `acknowledge_alert`. */
  readonly label: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Of the call that caused it: the log leads from the click to the statement. */
  readonly correlationId?: string | undefined;
}

/** Sends one statement; every failure of the database or the link is a value. */
export type Ask = <Answer extends object, Value>(
  statement: Statement,
  resultOf: (rows: readonly Answer[]) => Result<Value>,
) => Promise<Result<Value>>;

type Failed = { readonly ok: false; readonly error: CallError };

const away = ({ reason, readOnly }: Hindrance): Failed =>
  failure(readOnly ? 'read-only' : 'database-away', 'The database cannot be written to now.', { reason });

/** `VC…` are the schema's own refusals (resources/migrations). */
function failed(error: unknown, connection: OpenConnection): Failed {
  const code = failureCode(error);
  const reason = describeFailure(error);
  if (code === '55P03' || code === '57014' || code === '40P01' || code === '40001') {
    return failure('timeout', 'Somebody else is writing to this just now; try again.', { reason });
  }
  if (code === '25006') return failure('read-only', 'The database accepts no writes.', { reason });
  if (code === '42501')
    return failure('forbidden', 'The database refuses this to the workstation.', { reason });
  if (code === 'VC007') return failure('forbidden', reason);
  if (code === 'VC008') return failure('forbidden', reason, { reason: 'own-account' });
  if (code !== undefined && /^(22|VC)...$/.test(code)) return failure('invalid-input', reason);
  if (code === undefined || /^(08|53|57)/.test(code)) {
    // Whether it was done is not known; sent again with the same time it counts once.
    connection.destroy(error instanceof Error ? error : undefined);
    return failure('database-away', 'The database did not answer.', { reason });
  }
  return failure('internal', reason);
}

export function createAsk({ connection, hindrance, debug }: AskOptions): Ask {
  async function opened(): Promise<OpenConnection | Failed> {
    try {
      return (await connection()) ?? away(hindrance());
    } catch (error) {
      const readOnly = error instanceof NoWritableHost && error.readOnly;
      return away({ reason: describeFailure(error), readOnly });
    }
  }

  return async <Answer extends object, Value>(
    { label, text, values, correlationId }: Statement,
    resultOf: (rows: readonly Answer[]) => Result<Value>,
  ) => {
    const open = await opened();
    if ('ok' in open) return open;
    const started = performance.now();
    try {
      const { rows } = await open.shared.query<Answer>({ text, values: [...values] });
      return resultOf(rows);
    } catch (error) {
      return failed(error, open);
    } finally {
      if (correlationId !== undefined) {
        const milliseconds = Math.round((performance.now() - started) * 10) / 10;
        debug({ correlationId, statement: label, milliseconds }, 'statement');
      }
    }
  };
}

/** What a function that answers with one row answered. */
export const onlyRow =
  <Answer extends object, Value>(resultOf: (answer: Answer) => Result<Value>) =>
  (rows: readonly Answer[]): Result<Value> => {
    const answer = rows[0];
    return answer ? resultOf(answer) : failure('internal', 'The database gave no answer.');
  };
