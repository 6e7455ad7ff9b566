import { app, safeStorage } from 'electron';
import type { Sealer } from '../main/core.ts';

/** Whether the operating system's key store can be used: not before "ready", and not with a mere obfuscation. */
const usable = (): boolean =>
  app.isReady() &&
  safeStorage.isEncryptionAvailable() &&
  (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');

const unseal = (sealed: string): string => safeStorage.decryptString(Buffer.from(sealed, 'base64'));

const keyStore: Sealer = {
  seal: (text) => safeStorage.encryptString(text).toString('base64'),
  unseal,
};

/** Undefined where secrets cannot be sealed: the set-up then writes what the person gave, and tokens are not kept. */
export const sealer = (): Sealer | undefined => (usable() ? keyStore : undefined);

/** The same for those who begin before the key store can answer. */
export const sealerWhenReady = async (): Promise<Sealer | undefined> => {
  await app.whenReady();
  return sealer();
};

/**
 * Runs `load` at once, and again once the program is ready when it turns out that a sealed secret is needed: the key
 * store only answers then, and nobody without such a secret should wait for it.
 */
export async function loadWithSeals<T>(load: (open: (sealed: string) => string) => Promise<T>): Promise<T> {
  let needed = false;
  const first = await load((sealed) => {
    needed ||= !app.isReady();
    return unseal(sealed);
  });
  if (!needed) return first;
  await app.whenReady();
  return load(unseal);
}
