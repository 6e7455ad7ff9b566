import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../tools/postgres/server.ts';
import type { PostgresServer } from '../../tools/postgres/server.ts';
import { createTemplate } from '../../tools/postgres/template.ts';
import type { FreshDatabase } from '../../tools/postgres/template.ts';

export interface TestPostgres {
  readonly server: PostgresServer;
  /** A migrated, empty database of its own. */
  fresh(): Promise<FreshDatabase>;
  end(): Promise<void>;
}

/**
 * A PostgreSQL 18 of the test file's own. It does without the disk's syncs; a test that crashes it wants
 * `synchronous_commit` on, or what was committed last is gone.
 */
export async function startTestPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<TestPostgres> {
  const directory = await mkdtemp(path.join(tmpdir(), 'vicore-postgres-'));
  const server = await startPostgres({ directory, settings });
  const { fresh } = await createTemplate(server);
  return {
    server,
    fresh,
    async end() {
      await server.stop();
      await rm(server.directory, { recursive: true, force: true });
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** For questions asked at the same time. The server may stop under it: only a question can fail by that. */
export function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 4 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
