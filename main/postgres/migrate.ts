import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { describeFailure, failureCode } from './failure.ts';
import { scramVerifier } from './scram.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The login role of the workstations; it is created when it does not exist. */
export interface WorkstationRole {
  readonly user: string;
  /** Absent: the role must exist, or signs in otherwise. */
  readonly password?: string | undefined;
}

/** Somebody who becomes an admin by override, whatever the identity provider says of them. */
export interface FirstAdmin {
  /** The provider's `sub`. */
  readonly subject: string;
  /** For the audit log. */
  readonly workstation: string;
}

export interface MigrationReport {
  /** Versions that were applied now. */
  readonly applied: readonly number[];
  readonly version: number;
  readonly roleCreated: boolean;
  /** False also when they were one already. */
  readonly adminMade: boolean;
}

/** A state of the database that a person has to resolve; its message says how. */
export class MigrationError extends Error {}

/** Any number, the same in every version: one migration at a time. */
const migrationLock = 0x76_69_63_6d;
const fileName = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** The files `NNNN_name.sql` of a directory in order, numbered from 1 without a hole. */
export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const migrations: Migration[] = [];
  for (const file of (await readdir(directory)).toSorted()) {
    const match = fileName.exec(file);
    if (!match) continue;
    // Line endings differ between checkouts; the checksum must not.
    const sql = (await readFile(path.join(directory, file), 'utf8')).replaceAll('\r\n', '\n');
    const checksum = createHash('sha256').update(sql).digest('hex');
    const version = Number(match[1]);
    if (version !== migrations.length + 1) throw new MigrationError(`Migration ${file} is out of sequence.`);
    migrations.push({ version, name: match[2] ?? '', sql, checksum });
  }
  return migrations;
}

async function appliedVersions(client: pg.Client): Promise<ReadonlyMap<number, string>> {
  await client.query('create schema if not exists vicore');
  await client.query(`create table if not exists vicore.schema_version (
    version integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ version: number; checksum: string }>(
    'select version, checksum from vicore.schema_version order by version',
  );
  return new Map(rows.map((row) => [row.version, row.checksum]));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query('set local search_path = vicore');
    await client.query(migration.sql);
    await client.query('insert into vicore.schema_version (version, name, checksum) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function upgrade(client: pg.Client, migrations: readonly Migration[]): Promise<number[]> {
  const applied = await appliedVersions(client);
  const newest = Math.max(0, ...applied.keys());
  if (newest > migrations.length) {
    throw new MigrationError(
      `The database has schema version ${newest}, this program knows ${migrations.length}: use a newer program.`,
    );
  }
  const done: number[] = [];
  for (const migration of migrations) {
    const known = applied.get(migration.version);
    if (known === undefined) {
      await apply(client, migration);
      done.push(migration.version);
    } else if (known !== migration.checksum) {
      throw new MigrationError(
        `Migration ${migration.version} (${migration.name}) was changed after it had been applied; add a new one instead.`,
      );
    }
  }
  return done;
}

async function ensureRole(client: pg.Client, role: WorkstationRole): Promise<boolean> {
  const name = client.escapeIdentifier(role.user);
  const existing = await client.query('select from pg_roles where rolname = $1', [role.user]);
  const missing = existing.rowCount === 0;
  if (missing) {
    const secret = role.password === undefined ? undefined : scramVerifier(role.password);
    const clause = secret === undefined ? '' : ` password ${client.escapeLiteral(secret)}`;
    await client.query(`create role ${name} login${clause}`);
  }
  // A session that forgets its transaction would hold the change feed back for everybody.
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = client.escapeIdentifier(rows[0]?.name ?? '');
  await client.query(`grant connect on database ${database} to ${name}`);
  await client.query('select vicore.grant_workstation($1)', [role.user]);
  return missing;
}

async function makeAdmin(client: pg.Client, { subject, workstation }: FirstAdmin): Promise<boolean> {
  const text = 'select vicore.first_admin($1, $2) as made';
  try {
    const { rows } = await client.query<{ made: boolean }>(text, [subject, workstation]);
    return rows[0]?.made === true;
  } catch (error) {
    if (failureCode(error) === 'VC006') throw new MigrationError(describeFailure(error));
    throw error;
  }
}

/**
 * Brings the schema to the newest version and gives the workstations' role its rights; makes somebody an admin
 * when asked to. Repeating it changes nothing. `ownerUrl`: `postgres://user:password@host:port/database`. Errors: MigrationError for what a person has
 * to resolve, the driver's errors otherwise.
 */
export async function migrate(
  ownerUrl: string,
  migrations: readonly Migration[],
  role: WorkstationRole | undefined,
  firstAdmin?: FirstAdmin,
): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost = error;
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const applied = await upgrade(client, migrations);
    const roleCreated = role === undefined ? false : await ensureRole(client, role);
    const adminMade = firstAdmin === undefined ? false : await makeAdmin(client, firstAdmin);
    if (lost) throw lost;
    return { applied, version: migrations.length, roleCreated, adminMade };
  } finally {
    await client.end();
  }
}
