import path from 'node:path';
import Database from 'better-sqlite3';

export interface BareSqlite {
  /** One row, one transaction, durable when it returns. */
  commit(payload: string): void;
  close(): void;
}

/** The least that a durable commit costs on this disk: better-sqlite3, WAL, `synchronous=FULL`, one table. */
export function openBareSqlite(directory: string): BareSqlite {
  const database = new Database(path.join(directory, 'bare.sqlite'));
  database.pragma('journal_mode = WAL');
  database.exec('create table entry (position integer primary key, payload text not null)');
  // Set after the first write: until then the library's own default would come back (docs/decisions).
  database.pragma('synchronous = FULL');
  if (database.pragma('synchronous', { simple: true }) !== 2) throw new Error('synchronous is not FULL');
  const insert = database.prepare<[string]>('insert into entry (payload) values (?)');
  return {
    commit(payload) {
      insert.run(payload);
    },
    close: () => database.close(),
  };
}
