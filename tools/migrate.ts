/**
 * `npm run migrate -- --config FILE`: brings the database's schema to this program's version as its owner
 * (`VICORE_PG_OWNER_URL`), and gives the configuration's `postgres.user` its rights.
 */
import path from 'node:path';
import { loadConfiguration } from '../main/configuration/load.ts';
import { describeFailure } from '../main/postgres/failure.ts';
import { migrate, MigrationError, readMigrations } from '../main/postgres/migrate.ts';

const migrationsDirectory = path.join(import.meta.dirname, '../resources/migrations');

async function main(): Promise<number> {
  const ownerUrl = process.env['VICORE_PG_OWNER_URL'];
  if (!ownerUrl) {
    console.error('VICORE_PG_OWNER_URL is not set; expected postgres://user:password@host:port/database');
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
    const report = await migrate(ownerUrl, await readMigrations(migrationsDirectory), { user, password });
    const did = report.applied.length > 0 ? `applied ${report.applied.join(', ')}` : 'nothing to do';
    console.log(`Schema version ${report.version}: ${did}.`);
    console.log(report.roleCreated ? `Role ${user} was created.` : `Role ${user} has its rights.`);
    return 0;
  } catch (error) {
    console.error(
      error instanceof MigrationError ? error.message : `Not migrated: ${describeFailure(error)}`,
    );
    return 1;
  }
}

process.exitCode = await main();
