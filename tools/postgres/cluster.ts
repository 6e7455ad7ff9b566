import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isOpenToOthers, type Programs } from './programs.ts';

/** A directory that is initialised, the owner's password with it. */
export interface Cluster {
  readonly directory: string;
  readonly password: string;
}

export const ownerName = 'vicore_owner';
/** Written last, so that a directory whose initialisation was cut off is recognised and made anew. */
const passwordFile = 'vicore-owner-password';

/** The directory asked for, or one of our own where the unprivileged user could not reach that. */
async function reachable(directory: string, identity: Programs['identity']): Promise<string> {
  if (identity.uid === undefined || (await isOpenToOthers(directory))) return path.resolve(directory);
  const name = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 16);
  return path.join(tmpdir(), `vicore-postgres-${name}`);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function initialise(programs: Programs, directory: string, secret: string, durable: boolean): Promise<void> {
  const args = [
    `--pgdata=${directory}`,
    `--username=${ownerName}`,
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ];
  if (!durable) args.push('--no-sync');
  return new Promise((resolve, reject) => {
    const child = spawn(programs.initdb, args, { ...programs.identity, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed: ${said}`))));
  });
}

/** Makes the directory a PostgreSQL 18 cluster unless it is one; takes about a second. */
export async function prepareCluster(programs: Programs, wanted: string, durable: boolean): Promise<Cluster> {
  const directory = await reachable(wanted, programs.identity);
  const known = path.join(directory, passwordFile);
  if (await exists(known)) return { directory, password: await readFile(known, 'utf8') };

  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { uid, gid } = programs.identity;
  const own = async (file: string): Promise<void> => {
    if (uid !== undefined && gid !== undefined) await chown(file, uid, gid);
  };
  await own(directory);
  const password = randomBytes(18).toString('base64url');
  const secret = path.join(tmpdir(), `vicore-initdb-${randomBytes(9).toString('base64url')}`);
  await writeFile(secret, password, { mode: 0o600 });
  await own(secret);
  try {
    await initialise(programs, directory, secret, durable);
  } finally {
    await rm(secret, { force: true });
  }
  await writeFile(known, password, { mode: 0o600 });
  await own(known);
  return { directory, password };
}
