import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import InstalledDatabase from 'better-sqlite3';
import type { Database, Options, Statement } from 'better-sqlite3';

export type { Database } from 'better-sqlite3';

export type OpenDatabase = (file: string) => Database;

/**
 * How databases are opened: with the installed better-sqlite3, or with the one in `sqliteModule`, whose
 * binding is named outright because it was compiled for the runtime at hand.
 */
export const databaseOpener = (sqliteModule: string | undefined): OpenDatabase => {
  if (sqliteModule === undefined) return (file) => new InstalledDatabase(file);
  const Alternative: typeof InstalledDatabase = createRequire(import.meta.url)(sqliteModule);
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
