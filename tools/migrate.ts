/**
 * `npm run migrate -- --config FILE [--first-admin SUBJECT]`: brings the database's schema to this program's version as
 * its owner (`VICORE_PG_OWNER_URL`), and gives the configuration's `postgres.user` its rights. `--first-admin`: the
 * person with this `sub` of the identity provider becomes an admin by override, audited; for a provider that names
 * none, or when all admins are gone.
 */
import { hostname } from 'node:os';
import path from 'node:path';
import { loadConfiguration } from '../main/configuration/load.ts';
import { describeFailure } from '../main/postgres/failure.ts';
import { migrate, MigrationError, readMigrations } from '../main/postgres/migrate.ts';

const migrationsDirectory = path.join(import.meta.dirname, '../resources/migrations');

/** Undefined: not asked for; empty: asked for without saying whom. */
function firstAdminOf(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--first-admin');
  if (at >= 0) return argv[at + 1] ?? '';
  return argv.find((argument) => argument.startsWith('--first-admin='))?.slice('--first-admin='.length);
}

async function main(): Promise<number> {
  const ownerUrl = process.env['VICORE_PG_OWNER_URL'];
  if (!ownerUrl) {
    console.error('VICORE_PG_OWNER_URL is not set; expected postgres://user:password@host:port/database');
    return 2;
  }
  const subject = firstAdminOf(process.argv);
  if (subject !== undefined && (subject === '' || subject.startsWith('--'))) {
    console.error('--first-admin wants the subject (sub) of a person, as the identity provider gives it');
    return 2;
  }
  const loaded = await loadConfiguration({
    argv: process.argv,
    environment: process.env,
    userData: process.cwd(),
    cameraTokens: false,
  });
  if (loaded.kind === 'missing') {
    console.error(`There is no configuration at ${loaded.path}; give one with --config FILE`);
    return 2;
  }
  if (loaded.kind === 'invalid') {
    for (const { key, value, expected } of loaded.problems) {
      console.error(`${loaded.path}: ${key}: ${value} is not right, expected ${expected}`);
    }
    return 2;
  }
  const { user, password } = loaded.configuration.postgres;
  try {
    const migrations = await readMigrations(migrationsDirectory);
    const firstAdmin = subject === undefined ? undefined : { subject, workstation: hostname() };
    const report = await migrate(ownerUrl, migrations, { user, password }, firstAdmin);
    const did = report.applied.length > 0 ? `applied ${report.applied.join(', ')}` : 'nothing to do';
    console.log(`Schema version ${report.version}: ${did}.`);
    console.log(report.roleCreated ? `Role ${user} was created.` : `Role ${user} has its rights.`);
    if (subject !== undefined) {
      console.log(report.adminMade ? `${subject} is an admin now.` : `${subject} is an admin already.`);
    }
    return 0;
  } catch (error) {
    console.error(
      error instanceof MigrationError ? error.message : `Not migrated: ${describeFailure(error)}`,
    );
    return 1;
  }
}

process.exitCode = await main();
