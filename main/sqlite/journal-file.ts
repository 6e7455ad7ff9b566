import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LocalStoreError } from './failure.ts';
import type { Database, OpenDatabase, Sql } from './database.ts';
import { hasSchema, isSound, ownAlone, pragma, statements } from './database.ts';
import { watchFile } from './file-watch.ts';
import { firstJournalTables, journalSchema, journalTables, journalVersion } from './journal-schema.ts';
import { salvage } from './journal-salvage.ts';
import type { StoreWarning } from './protocol.ts';
import { setAside } from './set-aside.ts';

export interface JournalFile {
  readonly database: Database;
  readonly sql: Sql;
  /** Above every position that was ever given out. */
  nextPosition(): number;
  presence(): 'present' | 'gone';
}

/**
 * SQLite compiled so that WAL means NORMAL forgets the setting at every open: it is set and read back each time,
 * and a journal that could lose an acknowledged event to a power cut is not opened at all.
 */
export const insistOnFull = (database: Pick<Database, 'pragma'>): void => {
  pragma(database, 'synchronous = FULL');
  const level = pragma(database, 'synchronous');
  if (level !== 2) {
    throw new LocalStoreError({
      code: 'refused',
      message: `The journal must sync every commit (synchronous = 2), but SQLite reports ${String(level)}.`,
    });
  }
};

const prepare = (database: Database): void => {
  ownAlone(database);
  database.pragma('journal_mode = WAL');
  // A checkpoint makes one append wait for several syncs: rarer than one in a hundred.
  database.pragma('wal_autocheckpoint = 4000');
  // Bounds the log after a burst instead of keeping it at its largest.
  database.pragma('journal_size_limit = 33554432');
};

const usable = (database: Database, isNew: boolean): boolean => {
  if (isNew) {
    database.exec(journalSchema);
    database.pragma(`user_version = ${String(journalVersion)}`);
    return true;
  }
  upgrade(database);
  return hasSchema(database, journalVersion, journalTables) && isSound(database);
};

/** A journal of the version before holds what nothing else has: it is kept, and given the tables it lacks. */
const upgrade = (database: Database): void => {
  if (!hasSchema(database, journalVersion - 1, firstJournalTables)) return;
  database.transaction(() => {
    database.exec(journalSchema);
    database.pragma(`user_version = ${String(journalVersion)}`);
  })();
};

/** Looked up at the first append, when a salvage is over. */
const positionsOf = (sql: Sql): (() => number) => {
  let last: number | undefined;
  return () => {
    last ??=
      sql<[], { last: number }>(
        `SELECT max(coalesce((SELECT max(position) FROM entry), 0),
                    coalesce((SELECT max(removed_position) FROM stream_end), 0)) AS last`,
      ).get()?.last ?? 0;
    last += 1;
    return last;
  };
};

const finish = (database: Database, file: string): JournalFile => {
  // After the schema, because the first write on a new file changes the level.
  if (file !== ':memory:') insistOnFull(database);
  const sql = statements(database);
  return {
    database,
    sql,
    nextPosition: positionsOf(sql),
    presence: file === ':memory:' ? () => 'present' : watchFile(file),
  };
};

const openSound = (open: OpenDatabase, file: string): JournalFile | undefined => {
  const isNew = file === ':memory:' || !existsSync(file);
  const database = open(file);
  try {
    if (file !== ':memory:') prepare(database);
    if (usable(database, isNew)) return finish(database, file);
  } catch (error) {
    database.close();
    if (error instanceof LocalStoreError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ|ERROR)/.test(code)) throw error;
    return undefined;
  }
  database.close();
  return undefined;
};

/** Takes what can be read out of a journal, as a file or still open, into a new one in its place. */
const renew = (
  open: OpenDatabase,
  file: string,
  old: Database | undefined,
  aside: string | undefined,
): JournalFile => {
  const fresh = openSound(open, file);
  if (fresh === undefined)
    throw new LocalStoreError({ code: 'refused', message: `No journal can be made at ${file}.` });
  let source = old;
  try {
    source ??= aside === undefined ? undefined : open(aside);
    if (source !== undefined) salvage(source, fresh.database);
  } catch {
    // Not even the header can be read: nothing to salvage; the caller's warning says where the file is.
  } finally {
    source?.close();
  }
  return fresh;
};

export const openJournalFile = (
  open: OpenDatabase,
  directory: string | undefined,
  warn: (warning: StoreWarning) => void,
): JournalFile => {
  const file = directory === undefined ? ':memory:' : join(directory, 'journal.sqlite');
  const sound = openSound(open, file);
  if (sound !== undefined) return sound;
  const aside = setAside(file);
  const journal = renew(open, file, undefined, aside);
  const entries = journal.sql<[], { n: number }>('SELECT count(*) AS n FROM entry').get()?.n ?? 0;
  warn({
    key: 'journal-damaged',
    active: true,
    message: `The journal was damaged. ${String(entries)} entries could be saved; the file was set aside.`,
    setAside: aside,
  });
  return journal;
};

/** The journal turned out damaged, or its file gone, while it was open. */
export const replaceJournalFile = (
  open: OpenDatabase,
  directory: string,
  old: JournalFile,
  warn: (warning: StoreWarning) => void,
): JournalFile => {
  const file = join(directory, 'journal.sqlite');
  const gone = old.presence() === 'gone';
  const aside = setAside(file);
  const journal = renew(open, file, old.database, undefined);
  warn({
    key: 'journal-damaged',
    active: true,
    message: gone
      ? 'The journal was deleted while in use; what could still be read is in a new one.'
      : 'The journal was found damaged while in use; what could be read is in a new one.',
    setAside: aside,
  });
  return journal;
};
