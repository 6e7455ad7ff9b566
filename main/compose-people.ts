import { randomUUID } from 'node:crypto';
import type { ReferenceKind } from '../contract/changes.ts';
import type { Session } from '../contract/domain.ts';
import type { AdminRecord, TrialReads } from './admin/ports.ts';
import { createGivenNames } from './admin/given-names.ts';
import type { GivenNames } from './admin/given-names.ts';
import { createSettings } from './admin/settings.ts';
import type { Settings } from './admin/settings.ts';
import { createTrial } from './admin/trial.ts';
import { adminHandlers } from './api/admin.ts';
import { auditHandlers } from './api/audit.ts';
import { sessionHandlers } from './api/session.ts';
import type { AuditReads } from './audit/ports.ts';
import { createSessionKeeper } from './auth/session-keeper.ts';
import type { SessionKeeper } from './auth/keeper.ts';
import type { PersonDirectory } from './auth/ports.ts';
import type { ComposedAudit } from './compose-audit.ts';
import { fixedSettings } from './configuration/fixed-settings.ts';
import type { Configuration } from './configuration/schema.ts';
import type { CoreMethods, CoreOptions, Handlers, KeyValueStore } from './core.ts';
import { createIdentityProvider } from './identity/provider.ts';

type PeopleMethods = Extract<CoreMethods, `session.${string}` | `admin.${string}` | `audit.${string}`>;

export interface ComposedPeople {
  readonly keeper: SessionKeeper;
  readonly settings: Settings;
  readonly handlers: Handlers<PeopleMethods>;
  onSession(listener: (session: Session) => void): () => void;
  /** Resolves when the person is registered: acts that were kept need it. */
  databaseBack(): Promise<void>;
  /** Somebody changed something on some workstation. */
  changed(abouts: readonly ReferenceKind[]): void;
  stop(): Promise<void>;
}

const clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  after(milliseconds: number, run: () => void) {
    const timer = setTimeout(run, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Who is at this workstation and what admins look after: sign-in, settings, administration, audit. */
export async function composePeople(
  options: Pick<CoreOptions<Configuration>, 'configuration' | 'log' | 'sealer' | 'openSignInPage'> & {
    readonly keyValue: KeyValueStore;
    readonly trial: TrialReads;
    readonly record: AdminRecord;
    readonly reads: AuditReads;
    readonly persons: PersonDirectory;
    readonly audit: ComposedAudit;
    readonly onNames: (names: GivenNames) => void;
  },
): Promise<ComposedPeople> {
  const { configuration, log, keyValue, record, audit } = options;
  const { login } = configuration;
  const unexpected = (message: string) => (error: unknown) => log.error({ error }, message);
  const listeners = new Set<(session: Session) => void>();

  const settings = await createSettings({
    record,
    fixed: fixedSettings(configuration),
    local: keyValue,
    onFault: unexpected('the shared settings could not be read'),
  });
  const keeper = await createSessionKeeper({
    workstation: configuration.workstation.name,
    provider:
      login &&
      createIdentityProvider({
        login,
        language: configuration.workstation.language,
        openPage: (url) => options.openSignInPage(url, login.browser),
        log,
      }),
    directory: options.persons,
    store: keyValue,
    sealer: await options.sealer,
    graceMs: (login?.offlineGraceHours ?? 0) * 3_600_000,
    clock,
    random: Math.random,
    newId: randomUUID,
    audit: (entry) => audit.trail.record(entry),
    log,
    onChange(session) {
      for (const listener of listeners) listener(session);
    },
  });
  const names = createGivenNames(record, keyValue);
  const unreadNames = unexpected('the names of sites and cameras could not be read');
  const refreshNames = (): void => {
    names.refresh().then((given) => given && options.onNames(given), unreadNames);
  };
  names.known().then(options.onNames, unreadNames);
  const lock = (): void => keeper.setLockAfterMinutes(settings.current('session.lockAfterMinutes'));
  settings.onChange((key) => {
    if (key === 'session.lockAfterMinutes') lock();
  });
  lock();
  keeper.start();

  return {
    keeper,
    settings,
    handlers: {
      ...sessionHandlers(keeper),
      ...adminHandlers({
        record,
        settings,
        trial: createTrial({
          reads: options.trial,
          pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
          monotonic: clock.monotonic,
        }),
      }),
      ...auditHandlers({ reads: options.reads, verification: audit.verification, exports: audit.exports }),
    },
    onSession(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async databaseBack() {
      settings.refresh().catch(unexpected('the shared settings could not be read'));
      refreshNames();
      await keeper.databaseBack();
    },
    changed(abouts) {
      if (abouts.includes('user')) keeper.personChanged();
      if (abouts.includes('site') || abouts.includes('camera')) refreshNames();
      if (abouts.includes('setting')) {
        settings.refresh().catch(unexpected('the shared settings could not be read'));
      }
    },
    stop: () => keeper.stop(),
  };
}
