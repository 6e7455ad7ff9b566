import path from 'node:path';
import pg from 'pg';
import { migrate, readMigrations } from '../../main/postgres/migrate.ts';
import type { PostgresServer } from './server.ts';

export interface FreshDatabase {
  readonly database: string;
  readonly ownerUrl: string;
  /** The workstations' role, with the rights that the migrations give it. */
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly userUrl: string;
  drop(): Promise<void>;
}

export interface TemplateDatabase {
  /** A migrated, empty database of its own: about 50 ms. */
  fresh(): Promise<FreshDatabase>;
}

const template = 'vicore_template';
const user = 'vicore_app';
const password = 'vicore-app-test';
const migrationsDirectory = path.join(import.meta.dirname, '../../resources/migrations');

/**
 * A sequence writes 32 numbers ahead to the log. A copied one believes that it has, so that its numbers would come
 * again after a crash of the server; set anew, it writes them for itself.
 */
const forgetAhead = `select setval(format('%I.%I', schemaname, sequencename)::regclass,
  coalesce(last_value, start_value), last_value is not null) from pg_sequences`;

async function asOwner(server: PostgresServer, statement: string, database?: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.ownerUrl(database) });
  // What the failed statement says is enough.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Migrates once; every test then copies. */
export async function createTemplate(server: PostgresServer): Promise<TemplateDatabase> {
  await asOwner(server, `create database ${template}`);
  await migrate(server.ownerUrl(template), await readMigrations(migrationsDirectory), { user, password });
  await asOwner(server, forgetAhead, template);
  let count = 0;
  return {
    async fresh() {
      count += 1;
      const database = `test_${process.pid}_${count}`;
      await asOwner(server, `create database ${database} template ${template}`);
      const { host, port } = server;
      return {
        database,
        ownerUrl: server.ownerUrl(database),
        user,
        password,
        host,
        port,
        userUrl: `postgres://${user}:${password}@${host}:${port}/${database}`,
        drop: () => asOwner(server, `drop database if exists ${database} with (force)`),
      };
    },
  };
}
