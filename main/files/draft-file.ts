import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

export interface DraftFile {
  write(text: string): Promise<void>;
  /** On the disk, under its name. */
  finish(): Promise<void>;
  /** Removes what was written; never rejects. */
  abandon(): Promise<void>;
}

/** Beside its place until it is whole: what stood there before stays when the disk fills up or the program ends. */
export async function openDraft(file: string, head: string): Promise<DraftFile> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}.part`);
  const handle = await open(draft, 'wx', 0o600);
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await handle.close();
  };
  const abandon = async (): Promise<void> => {
    await close().catch(() => undefined);
    await rm(draft, { force: true }).catch(() => undefined);
  };
  try {
    await handle.writeFile(head);
  } catch (error) {
    await abandon();
    throw error;
  }
  return {
    write: (text) => handle.writeFile(text),
    async finish() {
      await handle.sync();
      await close();
      await rename(draft, file);
    },
    abandon,
  };
}
