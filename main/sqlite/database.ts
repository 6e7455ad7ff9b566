import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import InstalledDatabase from 'better-sqlite3';
import type { Database, Options, Statement } from 'better-sqlite3';
import { toFailure } from './failure.ts';

export type { Database } from 'better-sqlite3';

export type OpenDatabase = (file: string) => Database;

/**
 * How databases are opened: with the installed better-sqlite3, or with the one in `sqliteModule`, whose
 * binding is named outright because it was compiled for the runtime at hand.
 */
export const databaseOpener = (sqliteModule: string | undefined): OpenDatabase => {
  if (sqliteModule === undefined) return (file) => new InstalledDatabase(file);
  // The same package in an older build: what it exports is what the installed one does.
  const Alternative = createRequire(import.meta.url)(sqliteModule) as typeof InstalledDatabase;
  const nativeBinding = join(sqliteModule, 'build', 'Release', 'better_sqlite3.node');
  const options: Options = existsSync(nativeBinding) ? { nativeBinding } : {};
  return (file) => new Alternative(file, options);
};

export type Sql = <Parameters extends unknown[], Row = unknown>(text: string) => Statement<Parameters, Row>;

/** Prepares each statement once. */
export const statements = (database: Database): Sql => {
  const prepared = new Map<string, Statement<never[], unknown>>();
  return <Parameters extends unknown[], Row>(text: string): Statement<Parameters, Row> => {
    let statement = prepared.get(text) as Statement<Parameters, Row> | undefined;
    if (statement === undefined) {
      statement = database.prepare<Parameters, Row>(text) as Statement<Parameters, Row>;
      prepared.set(text, statement as Statement<never[], unknown>);
    }
    return statement;
  };
};

export const pragma = (database: Pick<Database, 'pragma'>, text: string): unknown =>
  database.pragma(text, { simple: true });

/** Whether the file has our version and all our tables; `quick_check` calls an empty file fine. */
export const hasSchema = (database: Database, version: number, tables: readonly string[]): boolean => {
  if (pragma(database, 'user_version') !== version) return false;
  const names = database
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .all();
  const present = new Set(names.map((row) => row.name));
  return tables.every((table) => present.has(table));
};

export const isSound = (database: Database): boolean => pragma(database, 'quick_check(1)') === 'ok';

/**
 * No other process may open the file beside us, and none of SQLite's shared memory is needed: that would be a file
 * too, which a full disk has no room for. Before the first access.
 */
export const ownAlone = (database: Database): void => {
  database.pragma('locking_mode = EXCLUSIVE');
};

/** Whether it was done; false when the disk has no room for it. */
const asFarAsThereIsRoom = (work: () => void): boolean => {
  try {
    work();
    return true;
  } catch (error) {
    if (toFailure(error).code === 'disk-full' || toFailure(error).code === 'input-output') return false;
    throw error;
  }
};

/**
 * Moves the log into the file and gives its room back; false when the disk has no room for that either. The log stays
 * then and is read at the next open: nothing is lost, only room.
 */
export const foldLog = (database: Database): boolean =>
  asFarAsThereIsRoom(() => {
    database.pragma('wal_checkpoint(TRUNCATE)');
  });

/** Less than so much of the file in use: writing that anew is little work. */
const littleInUse = 1 / 4;

/** Gives the disk back what neither the log nor the file needs; false when there is no room to do so. */
export const giveBack = (database: Database): boolean => {
  if (!foldLog(database)) return false;
  const free = Number(pragma(database, 'freelist_count'));
  if (free === 0 || free < Number(pragma(database, 'page_count')) * (1 - littleInUse)) return true;
  return (
    asFarAsThereIsRoom(() => {
      // Its copy shall not want room on the disk that has none.
      database.pragma('temp_store = MEMORY');
      database.exec('VACUUM');
    }) && foldLog(database)
  );
};
