import pg from 'pg';
import { startPostgres } from '../postgres/server.ts';
import type { PostgresServer } from '../postgres/server.ts';
import { createTemplate } from '../postgres/template.ts';
import type { FreshDatabase } from '../postgres/template.ts';
import type { Scratch } from './scratch.ts';

export interface BenchDatabase {
  readonly server: PostgresServer;
  /** Migrated and empty. */
  readonly database: FreshDatabase;
  /** The owner's connection. */
  readonly client: pg.Client;
  /** Up to where the stream is in the shared record; 0 before the first. */
  lastSeq(streamId: string): Promise<number>;
}

/** PostgreSQL 18 as in production: everything it says is stored is on the disk. */
export async function startDatabase(scratch: Scratch): Promise<BenchDatabase> {
  const server = await startPostgres({ directory: await scratch.directory(), durable: true });
  scratch.atEnd(() => server.stop());
  const database = await (await createTemplate(server)).fresh();
  const client = new pg.Client({ connectionString: database.ownerUrl });
  // A benchmark may stop the server on purpose; what is asked afterwards says so.
  client.on('error', () => undefined);
  await client.connect();
  scratch.atEnd(() => client.end());
  return {
    server,
    database,
    client,
    async lastSeq(streamId) {
      const found = await client.query<{ last_seq: string }>(
        'select last_seq from vicore.stream_position where stream_id = $1',
        [streamId],
      );
      return Number(found.rows[0]?.last_seq ?? 0);
    },
  };
}
