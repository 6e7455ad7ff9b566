import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, OpenDatabase, Sql } from './database.ts';
import { hasSchema, isSound, ownAlone, statements } from './database.ts';
import { LocalStoreError, isDamage } from './failure.ts';
import { watchFile } from './file-watch.ts';
import type { StoreWarning } from './protocol.ts';
import { replicaSchema, replicaTables, replicaVersion } from './replica-schema.ts';
import { setAside } from './set-aside.ts';

export interface ReplicaFile {
  readonly database: Database;
  readonly sql: Sql;
  presence(): 'present' | 'gone';
}

const fileName = 'replica.sqlite';

const prepare = (database: Database): void => {
  ownAlone(database);
  database.pragma('journal_mode = WAL');
  // A commit lost to a power cut comes again from the journal or from PostgreSQL: no sync per commit.
  database.pragma('synchronous = NORMAL');
  database.pragma('temp_store = MEMORY');
  database.pragma('journal_size_limit = 67108864');
};

const create = (open: OpenDatabase, file: string): ReplicaFile => {
  const database = open(file);
  if (file !== ':memory:') prepare(database);
  database.transaction(() => {
    database.exec(replicaSchema);
    database.pragma(`user_version = ${String(replicaVersion)}`);
  })();
  // Written through, so that the file is not empty while all of it is in the log.
  if (file !== ':memory:') database.pragma('wal_checkpoint(TRUNCATE)');
  return {
    database,
    sql: statements(database),
    presence: file === ':memory:' ? () => 'present' : watchFile(file),
  };
};

/** Opens an existing file; a reason in words when it cannot be used. */
const openExisting = (open: OpenDatabase, file: string, check: boolean): ReplicaFile | string => {
  const database = open(file);
  try {
    prepare(database);
    if (!hasSchema(database, replicaVersion, replicaTables)) {
      database.close();
      return 'it is empty, of another version, or lacks a table';
    }
    if (check && !isSound(database)) {
      database.close();
      return 'its content is damaged';
    }
    return { database, sql: statements(database), presence: watchFile(file) };
  } catch (error) {
    database.close();
    if (!isDamage(error)) throw error;
    return error instanceof Error ? error.message : String(error);
  }
};

/** What a clean close leaves, so that the next start need not read the whole file to trust it. */
export const fingerprint = (directory: string): string | undefined => {
  const found = statSync(join(directory, fileName), { throwIfNoEntry: false });
  return found && `${String(found.size)}/${String(found.mtimeMs)}`;
};

/**
 * `cleanFingerprint`: as the last clean close left the file. Anything else means a crash or a foreign hand, and
 * the file is checked in full. A file that cannot be trusted is set aside and an empty one begun: PostgreSQL's
 * feed and the journal fill it.
 */
export const openReplicaFile = (
  open: OpenDatabase,
  directory: string | undefined,
  cleanFingerprint: string | undefined,
  warn: (warning: StoreWarning) => void,
): ReplicaFile => {
  if (directory === undefined) return create(open, ':memory:');
  const file = join(directory, fileName);
  if (!existsSync(file)) return create(open, file);
  const opened = openExisting(open, file, fingerprint(directory) !== cleanFingerprint);
  if (typeof opened !== 'string') return opened;
  return rebuild(open, file, opened, warn);
};

const rebuild = (
  open: OpenDatabase,
  file: string,
  reason: string,
  warn: (warning: StoreWarning) => void,
): ReplicaFile => {
  const aside = setAside(file);
  const replica = create(open, file);
  warn({
    key: 'replica-rebuilt',
    active: true,
    message: `The local copy was set aside because ${reason}. It is being filled again from the database.`,
    setAside: aside,
  });
  return replica;
};

/** The replica turned out damaged, or its file gone, while it was open. */
export const replaceReplicaFile = (
  open: OpenDatabase,
  directory: string | undefined,
  old: ReplicaFile,
  reason: string,
  warn: (warning: StoreWarning) => void,
): ReplicaFile => {
  if (directory === undefined) {
    throw new LocalStoreError({ code: 'internal', message: 'a store in memory cannot be replaced' });
  }
  old.database.close();
  return rebuild(open, join(directory, fileName), reason, warn);
};
