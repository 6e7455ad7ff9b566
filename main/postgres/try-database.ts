import pg from 'pg';
import type { ConnectionTest } from '../../contract/results.ts';

export interface DatabaseToTry {
  readonly hosts: readonly string[];
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: 'disable' | 'require' | 'verify-full';
}

const patienceMs = 5_000;

function tlsOf(tls: DatabaseToTry['tls']): pg.ClientConfig['ssl'] {
  return tls === 'disable' ? false : { rejectUnauthorized: tls === 'verify-full' };
}

async function tryHost(address: string, database: DatabaseToTry): Promise<ConnectionTest> {
  const { hostname, port } = new URL(`postgres://${address}`);
  const client = new pg.Client({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 5432),
    database: database.database,
    user: database.user,
    password: database.password,
    ssl: tlsOf(database.tls),
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost = error;
  });
  try {
    await client.connect();
    const schema = await client.query<{ version: number | null; recovering: boolean }>(
      `select (select max(version) from vicore.schema_version) as version, pg_is_in_recovery() as recovering`,
    );
    if (lost) throw lost;
    const row = schema.rows[0];
    const role = row?.recovering ? 'a standby, read-only' : 'accepts writes';
    return { reachable: true, message: `${address}: schema version ${row?.version ?? 'none'}, ${role}.` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = /vicore\.schema_version|schema "vicore"/.test(reason)
      ? ' Has "npm run migrate" been run?'
      : '';
    return { reachable: false, message: `${address}: ${reason}.${advice}` };
  } finally {
    // The connection may never have come up: then there is nothing to end.
    await client.end().catch(() => undefined);
  }
}

/** Connects once to each host and says what it found: what the set-up shows for the database. Never throws. */
export async function tryDatabase(database: DatabaseToTry): Promise<ConnectionTest> {
  const tests = await Promise.all(database.hosts.map((address) => tryHost(address, database)));
  return {
    reachable: tests.some((test) => test.reachable),
    message: tests.map((test) => test.message).join(' '),
  };
}
