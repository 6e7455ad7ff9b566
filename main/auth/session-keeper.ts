import type { Session, SignInProblem } from '../../contract/domain.ts';
import { createClosedKeeper } from './closed-keeper.ts';
import { createConfirmation } from './confirmation.ts';
import { createEndings } from './endings.ts';
import { createGrace } from './grace.ts';
import type { Ground } from './ground.ts';
import type { Kept } from './kept.ts';
import type { SessionKeeper, SessionKeeperOptions } from './keeper.ts';
import type { IdentityProvider } from './ports.ts';
import { hasRights, roleInForce, sessionOf } from './presence.ts';
import type { Presence } from './presence.ts';
import { createRenewal } from './renewal.ts';
import { createRights } from './rights.ts';
import { createSignIn } from './sign-in.ts';
import { createStanding } from './standing.ts';
import { createTrustedClock } from './trusted-clock.ts';
import { createVault } from './vault.ts';
import type { Vault } from './vault.ts';

/** How often the time is written down, so that a clock that is turned back cannot extend a grace over a restart. */
const beatMs = 60_000;
/** An answer that is under way may carry the only refresh token that still counts. */
const lastAnswerMs = 2_000;

/** Resolves when it has read what was kept; it rejects never and waits for no network. */
export async function createSessionKeeper(options: SessionKeeperOptions): Promise<SessionKeeper> {
  const { provider } = options;
  if (!provider) return createClosedKeeper(options);
  const vault = createVault(options.store, options.sealer, options.log);
  const kept = await vault.read();
  // What another issuer gave is never shown to this one.
  const own = kept.provider === provider.id ? kept : { ...kept, session: undefined, toEnd: [] };
  return createOpenKeeper(options, provider, vault, own);
}

function createOpenKeeper(
  options: SessionKeeperOptions,
  provider: IdentityProvider,
  vault: Vault,
  before: Kept,
): SessionKeeper {
  const { workstation, clock, log, newId, random } = options;
  // Up to one beat of running time may not have been written down.
  const trusted = createTrustedClock(clock, before.session ? before.writtenAt + beatMs : before.writtenAt);
  const rights = createRights(options, before);
  let present: Presence | undefined;
  let problem: SignInProblem | undefined;
  let usedBefore = before.usedBefore;
  let lockAfterSeconds = 0;
  let cancelBeat: (() => void) | undefined;
  let stopped = false;

  const view = (): Session =>
    sessionOf(present, {
      workstation,
      configured: true,
      sessionOnly: options.sealer === undefined,
      signingIn: signIn.underWay(),
      problem,
    });

  const kept = (): Kept => ({
    writtenAt: trusted.now(),
    provider: provider.id,
    session: keptSession(present),
    toEnd: endings.pending(),
    usedBefore,
    ...rights.kept(),
  });
  const save = (): Promise<void> => vault.write(kept());

  const ground: Ground = {
    present: () => present,
    replace(presence) {
      present = presence;
      usedBefore ||= presence !== undefined;
    },
    setProblem(value) {
      problem = value;
    },
    changed() {
      const session = view();
      if (!stopped && JSON.stringify(session) !== JSON.stringify(told)) {
        told = session;
        options.onChange(session);
      }
      return save();
    },
    record(action, correlationId, about, details) {
      options.audit({
        at: clock.now(),
        actor: about?.person.name ?? '',
        subject: about?.person.subject ?? '',
        role: roleInForce(about),
        workstation,
        action,
        entity: 'session',
        entityId: workstation,
        ...details,
        correlationId,
      });
    },
    newId,
  };

  const endings = createEndings({ provider, clock, random, kept: before.toEnd, save });
  const discard = endings.add;
  const confirmedNow = (): number => {
    trusted.trustWallClock();
    return trusted.now();
  };
  const grace = createGrace({ ground, clock, trustedNow: trusted.now, graceMs: options.graceMs });
  const onEnd = (): void => {
    renewal.cancel();
    grace.cancel();
  };
  const standing = createStanding({ ground, rights, discard, onDeactivated: onEnd });
  const renewal = createRenewal({
    provider,
    clock,
    random,
    trustedNow: trusted.now,
    async onRotated(presence, refreshToken) {
      presence.tokens = { ...presence.tokens, refreshToken };
      if (present === presence) return save();
      // Somebody signed out or took over while the provider was asked: this one is of no use to anybody.
      if (present?.person.subject !== presence.person.subject) discard(presence.tokens);
    },
    onOutcome(presence, outcome) {
      if (!stopped) onOutcome(presence, outcome);
    },
  });
  const onOutcome = createConfirmation({
    ground,
    grace,
    standing,
    clock,
    log,
    confirmedNow,
    schedule: renewal.schedule,
    retryLater: renewal.retryLater,
    onProviderBack: endings.retry,
  });
  const signIn = createSignIn({
    ground,
    provider,
    rights,
    clock,
    log,
    needsFreshLogin: () => usedBefore,
    confirmedNow,
    discard,
    onEntered(presence) {
      onEnd();
      renewal.schedule(presence);
      endings.retry();
    },
  });

  function lockNow(correlationId: string, reason: 'asked' | 'idle'): void {
    if (!hasRights(present)) return;
    ground.record('session.lock', correlationId, present, { after: { reason } });
    present.state = 'locked';
    onEnd();
    void ground.changed();
  }

  function beat(): void {
    cancelBeat = clock.after(beatMs, beat);
    const now = trusted.now();
    if (!present) return;
    grace.check(present);
    if (renewal.isDue()) {
      log.info({ now }, 'the machine slept over a renewal');
      renewal.run(present);
    }
    void standing.retryMissing();
    void save();
  }

  let told = view();
  return {
    start() {
      cancelBeat = clock.after(beatMs, beat);
      endings.retry();
      if (!before.session || present) return;
      const { locked, ...session } = before.session;
      present = {
        ...session,
        rights: rights.assume(session.person),
        state: locked ? 'locked' : 'restoring',
        expiresInMs: 0,
      };
      told = view();
      options.onChange(told);
      if (!locked) renewal.run(present);
    },
    session: view,
    login(correlationId) {
      signIn.begin(correlationId);
      return view();
    },
    cancelLogin() {
      signIn.cancel();
      return view();
    },
    logout(correlationId) {
      const leaving = present;
      if (!leaving) return view();
      ground.record('session.sign-out', correlationId, leaving, { before: { state: leaving.state } });
      ground.replace(undefined);
      ground.setProblem(undefined);
      onEnd();
      discard(leaving.tokens);
      void ground.changed();
      return view();
    },
    lock(correlationId) {
      lockNow(correlationId, 'asked');
      return view();
    },
    idle(seconds) {
      if (lockAfterSeconds > 0 && seconds >= lockAfterSeconds) lockNow(newId(), 'idle');
    },
    setLockAfterMinutes(minutes) {
      lockAfterSeconds = minutes * 60;
    },
    databaseBack: standing.databaseBack,
    personChanged() {
      void standing.check();
    },
    async stop() {
      stopped = true;
      cancelBeat?.();
      endings.stop();
      onEnd();
      signIn.cancel();
      const patience = new Promise<void>((resolve) => {
        const cancelPatience = clock.after(lastAnswerMs, resolve);
        void renewal.settled().then(() => {
          cancelPatience();
          resolve();
        });
      });
      await patience;
      onEnd();
      provider.stop();
      await save();
    },
  };
}

/** What a restart may go on with; an ended session, or one without a refresh token, is over. */
function keptSession(presence: Presence | undefined): Kept['session'] {
  const { refreshToken, idToken } = presence?.tokens ?? {};
  if (!presence || refreshToken === undefined) return undefined;
  const { person, since, confirmedAt, state } = presence;
  return { person, since, confirmedAt, locked: state === 'locked', tokens: { refreshToken, idToken } };
}
