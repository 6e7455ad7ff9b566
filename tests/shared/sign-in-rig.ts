import { randomUUID } from 'node:crypto';
import type { Session } from '../../contract/domain.ts';
import { success } from '../../contract/errors.ts';
import type { Person, SessionEntry, SignInPage } from '../../main/auth/ports.ts';
import { createSessionKeeper } from '../../main/auth/session-keeper.ts';
import type { LoginSettings } from '../../main/identity/confirm.ts';
import { createIdentityProvider } from '../../main/identity/provider.ts';
import { fakeSealer } from './session-rig.ts';
import { until } from './until.ts';

export interface SignInRigOptions {
  readonly login: LoginSettings;
  /** What the person's browser does with the address; rejects when there is none. */
  readonly browse: (url: string) => Promise<unknown>;
  readonly kept?: Map<string, string>;
  readonly timeoutMs?: number;
  readonly patienceMs?: number;
  readonly port?: number;
  readonly graceMs?: number;
}

/**
 * The session keeper and the real adapter, with real time, as main composes them; the shared record takes everybody.
 * What it audits and logs is collected: no token may be in it.
 */
export async function startSignInRig(options: SignInRigOptions) {
  const audit: SessionEntry[] = [];
  const logged: string[] = [];
  const sessions: Session[] = [];
  const opened: string[] = [];
  const registered: Person[] = [];
  const faults: unknown[] = [];
  const kept = options.kept ?? new Map<string, string>();
  let closePage: () => void = () => undefined;
  let pagesClosed = 0;
  const note = (fields: Readonly<Record<string, unknown>>, message: string): void => {
    logged.push(JSON.stringify({ ...fields, message }));
  };
  const log = { info: note, warn: note, error: note };

  const provider = createIdentityProvider({
    login: options.login,
    language: 'en',
    log,
    timeoutMs: options.timeoutMs ?? 10_000,
    patienceMs: options.patienceMs ?? 2_000,
    port: options.port,
    openPage: (url) => {
      opened.push(url);
      const browsing = options.browse(url);
      browsing.catch((error: unknown) => faults.push(error));
      const closed = new Promise<void>((resolve) => {
        closePage = resolve;
      });
      const page: SignInPage = {
        closed,
        close: () => {
          pagesClosed += 1;
        },
      };
      return Promise.resolve(page);
    },
  });
  const keeper = await createSessionKeeper({
    workstation: 'W1',
    provider,
    directory: {
      registerPerson(person) {
        registered.push(person);
        return Promise.resolve(success({ active: true, role: person.claimedRole, overridden: false }));
      },
      findPerson(subject) {
        const person = registered.findLast((entry) => entry.subject === subject);
        return Promise.resolve(
          success(person && { active: true, role: person.claimedRole, overridden: false }),
        );
      },
    },
    store: {
      get: (key) => Promise.resolve(kept.get(key)),
      set(key, value) {
        kept.set(key, value);
        return Promise.resolve();
      },
    },
    sealer: fakeSealer,
    graceMs: options.graceMs ?? 3_600_000,
    clock: {
      now: Date.now,
      monotonic: () => performance.now(),
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    random: Math.random,
    newId: randomUUID,
    audit: (entry) => audit.push(entry),
    log,
    onChange: (session) => sessions.push(session),
  });
  keeper.start();

  return {
    keeper,
    provider,
    audit,
    logged,
    sessions,
    opened,
    registered,
    faults,
    kept,
    pagesClosed: () => pagesClosed,
    closePage: () => closePage(),
    /** Signs in and waits for how it ends. */
    async signIn(): Promise<Session> {
      keeper.login(randomUUID());
      await until(
        () => !keeper.session().signingIn,
        20_000,
        () => JSON.stringify({ session: keeper.session(), logged, faults }),
      );
      return keeper.session();
    },
    /** Waits for a state. */
    async reaches(state: Session['state'], ms = 15_000): Promise<Session> {
      await until(
        () => keeper.session().state === state && !keeper.session().signingIn,
        ms,
        () => JSON.stringify({ session: keeper.session(), logged }),
      );
      return keeper.session();
    },
    /** Everything that leaves the process or a person may read. */
    said: () => JSON.stringify([audit, logged, sessions]),
    stop: () => keeper.stop(),
  };
}

export type SignInRig = Awaited<ReturnType<typeof startSignInRig>>;

/** Whether somebody listens on 127.0.0.1 at the port of this redirect address. */
export async function isListening(url: string): Promise<boolean> {
  try {
    await fetch(new URL('/', url), { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    // Refused: nobody is there, which is what is asked.
    return false;
  }
}

export const redirectOf = (pageUrl: string): string =>
  new URL(pageUrl).searchParams.get('redirect_uri') ?? '';
