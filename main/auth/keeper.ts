import type { Session } from '../../contract/domain.ts';
import type {
  IdentityProvider,
  PersonDirectory,
  Sealer,
  SessionClock,
  SessionEntry,
  SessionLog,
  SessionStore,
} from './ports.ts';

export interface SessionKeeperOptions {
  readonly workstation: string;
  /** Absent: the configuration names none, and nobody can sign in. */
  readonly provider?: IdentityProvider | undefined;
  readonly directory: PersonDirectory;
  readonly store: SessionStore;
  readonly sealer?: Sealer | undefined;
  /** How long the last person may go on without the provider, counted from its last confirmation. */
  readonly graceMs: number;
  readonly clock: SessionClock;
  /** 0 to 1. */
  readonly random: () => number;
  /** Correlation ids of what no call caused. */
  readonly newId: () => string;
  /** Returns at once and never throws. */
  readonly audit: (entry: SessionEntry) => void;
  readonly log: SessionLog;
  /** Returns at once and never throws. */
  readonly onChange: (session: Session) => void;
}

/** Who is at this workstation, from start to stop (docs/domain.md, roles; docs/faults.md 60 to 66). */
export interface SessionKeeper {
  /** Asks the provider about the person who was kept; returns at once. */
  start(): void;
  session(): Session;
  login(correlationId: string): Session;
  cancelLogin(correlationId: string): Session;
  logout(correlationId: string): Session;
  lock(correlationId: string): Session;
  /** How long nobody has touched keyboard or mouse, s. */
  idle(seconds: number): void;
  /** 0: never. */
  setLockAfterMinutes(minutes: number): void;
  /** The shared record is there again. Resolves when the persons it missed are entered, or it is away once more. */
  databaseBack(): Promise<void>;
  /** A person's rights were changed in the shared record. */
  personChanged(): void;
  stop(): Promise<void>;
}
