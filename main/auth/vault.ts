import { nothingKept, readKept } from './kept.ts';
import type { Kept } from './kept.ts';
import type { Sealer, SessionLog, SessionStore } from './ports.ts';

const key = 'auth.session';
const sealedMark = 'sealed:';
const plainMark = 'plain:';

/** What sign-in keeps over a restart. Tokens only ever leave the process sealed (fault 65). */
export interface Vault {
  /** Never rejects: what cannot be read or opened is as good as absent, and said in the log. */
  read(): Promise<Kept>;
  /** Resolves when it is durable, or could not be made so (which the log says); writes keep their order. */
  write(kept: Kept): Promise<void>;
}

export function createVault(store: SessionStore, sealer: Sealer | undefined, log: SessionLog): Vault {
  let last: Promise<void> = Promise.resolve();

  function pack(kept: Kept): string {
    if (sealer) return sealedMark + sealer.seal(JSON.stringify(kept));
    // Without a key store the session lives in memory only; whom the shared record took the rights from stays known.
    return plainMark + JSON.stringify({ ...kept, session: undefined, toEnd: [] } satisfies Kept);
  }

  function unpack(value: string): Kept {
    if (value.startsWith(plainMark)) {
      return { ...readKept(value.slice(plainMark.length)), session: undefined, toEnd: [] };
    }
    if (!sealer || !value.startsWith(sealedMark)) return nothingKept;
    return readKept(sealer.unseal(value.slice(sealedMark.length)));
  }

  return {
    async read() {
      try {
        const value = await store.get(key);
        return value === undefined ? nothingKept : unpack(value);
      } catch {
        // The reason could hold a piece of what was sealed.
        log.warn({}, 'the kept session could not be opened; people sign in anew');
        return nothingKept;
      }
    },
    write(kept) {
      last = last.then(async () => {
        try {
          await store.set(key, pack(kept));
        } catch {
          log.error({}, 'the session could not be kept; after a restart people sign in anew');
        }
      });
      return last;
    },
  };
}
