import { app, safeStorage } from 'electron';

/** Whether the operating system's key store can be used: not before "ready", and not with a mere obfuscation. */
const usable = (): boolean =>
  app.isReady() &&
  safeStorage.isEncryptionAvailable() &&
  (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');

/** Undefined where secrets cannot be sealed: then the set-up writes what the person gave. */
export const sealer = (): ((secret: string) => string) | undefined =>
  usable() ? (secret) => safeStorage.encryptString(secret).toString('base64') : undefined;

/** Throws when the secret was sealed by somebody else, elsewhere, or with another key. */
export const unseal = (sealed: string): string => safeStorage.decryptString(Buffer.from(sealed, 'base64'));

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
