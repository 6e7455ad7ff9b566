import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly payload: AdapterPayload;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

export interface Storage {
  readonly adapter: AdapterFactory;
  /** Forgets everything that was granted to the person: sessions, grants, tokens. */
  forgetAccount(subject: string): void;
}

/** What the provider must remember, in memory; outlives the provider's stops and its changes of keys. */
export function createStorage(): Storage {
  const kept = new Map<string, Kept>();

  const find = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key);
    if (found && found.expiresAt > Date.now()) return found.payload;
    kept.delete(key);
    return undefined;
  };

  const removeWhere = (matches: (payload: AdapterPayload) => boolean): void => {
    for (const [key, { payload }] of kept) {
      if (matches(payload)) kept.delete(key);
    }
  };

  function adapter(model: string): Adapter {
    const keyOf = (id: string): string => `${model}:${id}`;
    const findBy = (matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
      const key = [...kept].find(
        ([name, { payload }]) => name.startsWith(`${model}:`) && matches(payload),
      )?.[0];
      return key === undefined ? undefined : find(key);
    };
    return {
      upsert: async (id, payload, expiresIn) => {
        const expiresAt = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000;
        kept.set(keyOf(id), { payload, expiresAt });
      },
      find: async (id) => find(keyOf(id)),
      findByUid: async (uid) => findBy((payload) => payload.uid === uid),
      findByUserCode: async (userCode) => findBy((payload) => payload.userCode === userCode),
      consume: async (id) => {
        const payload = find(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => {
        kept.delete(keyOf(id));
      },
      revokeByGrantId: async (grantId) => removeWhere((payload) => payload.grantId === grantId),
    };
  }

  return {
    adapter,
    forgetAccount: (subject) => removeWhere((payload) => payload.accountId === subject),
  };
}
