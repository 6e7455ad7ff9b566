import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchDatabase } from './database.ts';
import type { Scratch } from './scratch.ts';
import type { CameraAddress } from './workstation.ts';
import { configureWorkstation } from './workstation.ts';

const headless = fileURLToPath(new URL('../../main/headless.ts', import.meta.url));

export interface HeadlessCore {
  /** Throws when the process has ended. */
  assertRunning(): void;
  /** Resident memory, bytes. Linux only. */
  memory(): Promise<number>;
}

/** `npm run ingest` as a process of its own, on a stream and a database. */
export async function startHeadless(
  scratch: Scratch,
  { database }: BenchDatabase,
  camera: CameraAddress,
): Promise<HeadlessCore> {
  const directory = await scratch.directory();
  const environment = await configureWorkstation(directory, database, [camera]);
  const child = spawn(process.execPath, [headless, '--config', path.join(directory, 'vicore.config.json')], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  scratch.atEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });
  return {
    assertRunning() {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the ingesting core has ended: ${said}`);
    },
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
      if (kilobytes === undefined) throw new Error('no resident memory in /proc');
      return Number(kilobytes) * 1024;
    },
  };
}
