import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FreshDatabase } from '../postgres/template.ts';

export interface CameraAddress {
  readonly url: string;
  readonly token: string;
}

/** A workstation's data directory with its configuration in it; returns the environment that its program needs. */
export async function configureWorkstation(
  directory: string,
  database: FreshDatabase,
  cameras: readonly CameraAddress[],
): Promise<Readonly<Record<string, string>>> {
  const configuration = {
    workstation: { name: 'BENCH-01', language: 'en', timeZone: 'Europe/London' },
    postgres: {
      hosts: [`${database.host}:${database.port}`],
      database: database.database,
      user: database.user,
      password: { env: 'VICORE_BENCH_PASSWORD' },
      tls: 'disable',
    },
    camera: { streams: cameras.map(({ url }) => ({ url, token: { env: 'VICORE_BENCH_TOKEN' } })) },
  };
  await writeFile(path.join(directory, 'vicore.config.json'), JSON.stringify(configuration));
  return {
    VICORE_DATA_DIR: directory,
    VICORE_BENCH_PASSWORD: database.password,
    VICORE_BENCH_TOKEN: cameras[0]?.token ?? '',
  };
}
