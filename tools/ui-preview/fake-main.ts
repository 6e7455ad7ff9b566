import type { Change, ChangeBatch } from '../../contract/changes.ts';
import type { Session, SoundState } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { success } from '../../contract/errors.ts';
import type { Inputs } from '../../contract/inputs.ts';
import type { MethodName } from '../../contract/methods.ts';
import type { Preferences, Results, WindowContext } from '../../contract/results.ts';

export type Scenario =
  | 'live'
  | 'ended'
  | 'empty'
  | 'loading'
  | 'failed'
  | 'offline'
  | 'link-down'
  | 'stale'
  | 'flood'
  /** 5,000 alerts come while one looks. */
  | 'flood-live'
  /** Shelved, escalated, known, owned, judged. */
  | 'managed'
  | 'quiet';

export interface FakeOptions {
  readonly scenario: Scenario;
  readonly session: Session;
  readonly preferences: Partial<Preferences>;
  readonly car: number;
  readonly position?: string | undefined;
  readonly seen: number;
  readonly sound: SoundState;
}

export type Answers = {
  readonly [Name in MethodName]: (
    input: Inputs[Name],
  ) => Result<Results[Name]> | Promise<Result<Results[Name]>>;
};

/** Those who listen to one of main's channels. */
const channel = <T>() => {
  const listeners = new Set<(value: T) => void>();
  return {
    listen: (listener: (value: T) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    send: (value: T) => {
      for (const listener of listeners) listener(structuredClone(value));
    },
  };
};

/** What answers of the fake main process share: the options, the session, and the ways to tell the window something. */
export const createFakeMain = (options: FakeOptions) => {
  const changes = channel<ChangeBatch>();
  const contexts = channel<WindowContext>();
  const preferences = channel<Preferences>();
  const sessions = channel<Session>();
  let sequence = 100;
  let { session } = options;
  return {
    options,
    startedAt: Date.now(),
    sound: options.sound,
    sequence: () => sequence,
    /** Numbered like main's: one batch. */
    send: (all: readonly Change[]): void => {
      const batch = { first: sequence + 1, changes: all };
      sequence += all.length;
      changes.send(batch);
    },
    session: () => session,
    setSession: (next: Session): void => {
      session = next;
      sessions.send(next);
    },
    tellContext: contexts.send,
    tellPreferences: preferences.send,
    listen: {
      onChanges: changes.listen,
      onContext: contexts.listen,
      onPreferences: preferences.listen,
      onSession: sessions.listen,
    },
  };
};
export type FakeMain = ReturnType<typeof createFakeMain>;

/** Answers of one part of the contract; a later part replaces what an earlier one answers. */
export type Part = (main: FakeMain) => Partial<Answers>;

export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export const page = <T>(items: readonly T[], cursor: string | undefined, limit = 100) => {
  const from = Number(cursor ?? 0);
  const next = from + limit;
  return success({
    items: items.slice(from, next),
    cursor: next < items.length ? String(next) : undefined,
  });
};
