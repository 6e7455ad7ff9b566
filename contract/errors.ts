/** Why a call was refused or failed. Every refusal crosses the IPC as one of these, never as an exception. */
export type ErrorCode =
  | 'invalid-input'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unacknowledged-alerts'
  | 'already-acknowledged'
  | 'not-ended'
  | 'database-away'
  | 'read-only'
  | 'timeout'
  /** More calls than a person's hands can cause: wait and try again. */
  | 'rate-limited'
  | 'internal';

export interface CallError {
  readonly code: ErrorCode;
  /** For people, in English; the window shows its translation of `code` first. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly correlationId?: string | undefined;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });

export const failure = (
  code: ErrorCode,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): { readonly ok: false; readonly error: CallError } => ({
  ok: false,
  error: { code, message, details },
});
