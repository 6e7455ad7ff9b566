import { open, readFile } from 'node:fs/promises';
import type { Anchors } from '../audit/ports.ts';

type Anchor = Awaited<ReturnType<Anchors['all']>>[number];

export interface FileAnchorsOptions {
  /** Absolute. One JSON object a line, only ever appended to. */
  readonly file: string;
  /** A line, counted from 1, that is no anchor: it is passed over, and somebody should know. */
  readonly onDamaged: (line: number) => void;
}

const parse = (line: string): Anchor | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Told by the caller, with its number.
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, hash, at } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) return undefined;
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  return typeof at === 'number' && Number.isFinite(at) ? { id, hash, at } : undefined;
};

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Heads of the audit chain in a file of this workstation, which an administrator can copy elsewhere. */
export function fileAnchors({ file, onDamaged }: FileAnchorsOptions): Anchors {
  /** Adding waits for the one before: a line is never written into another. */
  let last = Promise.resolve();

  async function append(anchor: Anchor): Promise<void> {
    const text = await textOf(file);
    const handle = await open(file, 'a', 0o600);
    try {
      // A power cut can have left half a line: it costs itself, not this one.
      const start = text === '' || text.endsWith('\n') ? '' : '\n';
      await handle.writeFile(`${start}${JSON.stringify(anchor)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  return {
    add({ id, hash, at }) {
      const added = last.then(() => append({ id, hash, at }));
      last = added.catch(() => undefined);
      return added;
    },
    async all() {
      await last;
      const lines = (await textOf(file)).split('\n');
      return lines.flatMap((line, index) => {
        if (line.trim() === '') return [];
        const anchor = parse(line);
        if (anchor) return [anchor];
        onDamaged(index + 1);
        return [];
      });
    },
  };
}
