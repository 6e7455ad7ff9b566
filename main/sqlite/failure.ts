/** Why the local store could not do what was asked. Crosses the thread boundary as data. */
export type StoreFailureCode =
  /** The file system has no room; nothing was stored, ask again later. */
  | 'disk-full'
  /** The file is damaged; it has been set aside and a new one begun. Ask again. */
  | 'damaged'
  /** Reading or writing the file failed for another reason (permission, broken disk). */
  | 'input-output'
  | 'invalid-cursor'
  /** Too many requests wait already. */
  | 'busy'
  | 'closed'
  /** The store refuses to work at all, because it could not keep its promises. */
  | 'refused'
  | 'internal';

export interface StoreFailure {
  readonly code: StoreFailureCode;
  readonly message: string;
}

/** What a rejected promise of the local store carries; `code` says what a caller can do about it. */
export class LocalStoreError extends Error {
  override readonly name = 'LocalStoreError';
  readonly code: StoreFailureCode;

  constructor(failure: StoreFailure) {
    super(failure.message);
    this.code = failure.code;
  }
}

const sqliteCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Whether SQLite says that the file's content cannot be trusted. */
export const isDamage = (error: unknown): boolean => {
  const code = sqliteCode(error);
  if (code === undefined) return false;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return true;
  if (code === 'SQLITE_IOERR_SHORT_READ') return true;
  // A table that the schema has at every open is gone: the file was exchanged under us.
  return code === 'SQLITE_ERROR' && error instanceof Error && error.message.startsWith('no such table');
};

export const toFailure = (error: unknown): StoreFailure => {
  if (error instanceof LocalStoreError) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return { code: 'disk-full', message };
  if (isDamage(error)) return { code: 'damaged', message };
  if (code !== undefined && /^(SQLITE_(IOERR|CANTOPEN|READONLY|PERM)|E[A-Z]+$)/.test(code)) {
    return { code: 'input-output', message };
  }
  return { code: 'internal', message };
};
