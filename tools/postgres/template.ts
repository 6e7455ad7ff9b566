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

async function asOwner(server: PostgresServer, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.ownerUrl() });
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
