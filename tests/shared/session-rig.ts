import type { Role, Session } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { SessionKeeper } from '../../main/auth/keeper.ts';
import type {
  Confirmation,
  Person,
  PersonRights,
  RefreshOutcome,
  SessionEntry,
  SignInOutcome,
  Tokens,
} from '../../main/auth/ports.ts';
import { createSessionKeeper } from '../../main/auth/session-keeper.ts';

/** Lets everything that waits for nothing but other promises come to its end. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock that stands still until it is moved. `wall` can be set apart from it, as people do. */
export function createFakeClock(start = Date.UTC(2026, 2, 2, 6)) {
  let monotonic = 1_000;
  let offset = start - monotonic;
  let timers: { readonly at: number; readonly run: () => void }[] = [];

  return {
    now: () => monotonic + offset,
    monotonic: () => monotonic,
    after(ms: number, run: () => void) {
      const timer = { at: monotonic + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    /** Time passes; what is due runs in its order. */
    async advance(ms: number): Promise<void> {
      const end = monotonic + ms;
      for (;;) {
        await settle();
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        monotonic = Math.max(monotonic, next.at);
        next.run();
      }
      monotonic = end;
      await settle();
    },
    /** Somebody, or a time server, sets the wall clock. */
    turnWallClock(ms: number): void {
      offset += ms;
    },
    /** The machine sleeps: the wall clock goes on, nothing else does (fault 46). */
    sleep(ms: number): void {
      offset += ms;
    },
    /** The program ends: its timers are gone. */
    forgetTimers(): void {
      timers = [];
    },
  };
}

export const alan: Person = {
  subject: 'alan',
  name: 'Alan Martin',
  email: 'alan@vicore.example',
  claimedRole: 'operator',
};
export const sophie: Person = { subject: 'sophie', name: 'Sophie Lambert', claimedRole: 'supervisor' };

export const hour = 3_600_000;
export const minute = 60_000;

/** Seals by turning the text round: not a secret, but not readable either. */
export const fakeSealer = {
  seal: (text: string) => Buffer.from(text).reverse().toString('base64'),
  unseal: (sealed: string) => Buffer.from(sealed, 'base64').reverse().toString(),
};

interface Attempt {
  readonly freshLogin: boolean;
  shown: number;
  cancelled: boolean;
  end(outcome: SignInOutcome): void;
}

/** A session keeper with a provider, a shared record, a store and a clock that a test moves by hand. */
export function createSessionRig(options: { readonly sealed?: boolean; readonly graceMs?: number } = {}) {
  const clock = createFakeClock();
  const kept = new Map<string, string>();
  const audit: SessionEntry[] = [];
  const logged: string[] = [];
  const sessions: Session[] = [];
  const attempts: Attempt[] = [];
  const ended: Tokens[] = [];
  const refreshed: string[] = [];
  const registered: Person[] = [];
  const people = new Map<string, PersonRights>();
  /** What stands when the keeper is asked; a test changes it. */
  const world = {
    databaseAway: false,
    providerAway: false,
    /** Asked at each renewal. */
    answer: (tokens: Tokens, known: Person): Promise<RefreshOutcome> =>
      Promise.resolve(confirmed(known, `${tokens.refreshToken}+`)),
    /** When the keeper has taken a new refresh token, and before it gets the rest of the answer. */
    afterRotation: (): void => undefined,
    overrides: new Map<string, Role>(),
  };
  let serial = 0;

  function confirmed(person: Person, refreshToken?: string, expiresInMs = hour): RefreshOutcome {
    return { kind: 'confirmed', confirmation: confirmation(person, refreshToken, expiresInMs) };
  }
  function confirmation(person: Person, refreshToken?: string, expiresInMs = hour): Confirmation {
    return { person, tokens: { refreshToken, idToken: `id-token-of-${person.subject}` }, expiresInMs };
  }
  const note = (fields: Readonly<Record<string, unknown>>, message: string): void => {
    logged.push(JSON.stringify({ ...fields, message }));
  };
  const rightsOf = (person: Person): PersonRights => {
    const override = world.overrides.get(person.subject);
    const active = people.get(person.subject)?.active ?? true;
    return { active, role: override ?? person.claimedRole, overridden: override !== undefined };
  };

  const begin = (): Promise<SessionKeeper> =>
    createSessionKeeper({
      workstation: 'W1',
      provider: {
        id: 'https://sso.example vicore',
        signIn({ freshLogin }) {
          let end: Attempt['end'] = () => undefined;
          const outcome = new Promise<SignInOutcome>((resolve) => {
            end = resolve;
          });
          const attempt: Attempt = { freshLogin, shown: 1, cancelled: false, end };
          attempts.push(attempt);
          return {
            outcome,
            showAgain: () => {
              attempt.shown += 1;
            },
            cancel() {
              attempt.cancelled = true;
              end({ kind: 'failed', problem: { kind: 'cancelled', message: 'cancelled' } });
            },
          };
        },
        async refresh(tokens, known, onRotated) {
          refreshed.push(tokens.refreshToken);
          if (world.providerAway) return away();
          const outcome = await world.answer(tokens, known);
          const rotated = outcome.kind === 'confirmed' && outcome.confirmation.tokens.refreshToken;
          if (rotated) await onRotated(rotated);
          world.afterRotation();
          return outcome;
        },
        endSession(tokens) {
          if (world.providerAway) return Promise.resolve('away');
          ended.push(tokens);
          return Promise.resolve('done');
        },
        stop: () => undefined,
      },
      directory: {
        registerPerson(person) {
          if (world.databaseAway) return Promise.resolve(failure('database-away', 'away'));
          registered.push(person);
          const rights = rightsOf(person);
          people.set(person.subject, rights);
          return Promise.resolve(success(rights));
        },
        findPerson(subject) {
          if (world.databaseAway) return Promise.resolve(failure('database-away', 'away'));
          const person = registered.findLast((entry) => entry.subject === subject);
          return Promise.resolve(success(person && rightsOf(person)));
        },
      },
      store: {
        get: (key) => Promise.resolve(kept.get(key)),
        set(key, value) {
          kept.set(key, value);
          return Promise.resolve();
        },
      },
      sealer: options.sealed === false ? undefined : fakeSealer,
      graceMs: options.graceMs ?? 12 * hour,
      clock,
      random: () => 0.5,
      newId: () => `id-${(serial += 1)}`,
      audit: (entry) => audit.push(entry),
      log: { info: note, warn: note, error: note },
      onChange: (session) => sessions.push(session),
    });

  return {
    clock,
    world,
    kept,
    audit,
    logged,
    sessions,
    attempts,
    ended,
    refreshed,
    registered,
    people,
    confirmed,
    begin,
    /** Everything that outlives a restart, unsealed. */
    keptText: () =>
      [...kept.values()]
        .map((value) => (value.startsWith('sealed:') ? fakeSealer.unseal(value.slice(7)) : value))
        .join(''),
    /** The actions so far, in their order. */
    actions: () => audit.map(({ action }) => action),
    async signIn(
      keeper: SessionKeeper,
      person: Person,
      refreshToken: string | undefined = `token-of-${person.subject}`,
    ) {
      keeper.login('call');
      attempts.at(-1)?.end({ kind: 'confirmed', confirmation: confirmation(person, refreshToken) });
      await settle();
    },
    /** The program is killed and started again, `offMs` later by the wall clock. */
    async restart(offMs = 0): Promise<SessionKeeper> {
      clock.forgetTimers();
      clock.sleep(offMs);
      const keeper = await begin();
      keeper.start();
      await settle();
      return keeper;
    },
    async started(): Promise<SessionKeeper> {
      const keeper = await begin();
      keeper.start();
      await settle();
      return keeper;
    },
  };
}

export const away = (): RefreshOutcome => ({
  kind: 'away',
  problem: { kind: 'provider-unreachable', message: 'it does not answer' },
});
export const revoked = (): RefreshOutcome => ({
  kind: 'ended',
  problem: { kind: 'refused-by-provider', message: 'it refused (invalid_grant)' },
});
