import type { DatabaseHealth, SiteName, StreamHealth, SystemStatus } from '../../contract/domain.ts';

export interface Names {
  readonly sites: readonly SiteName[];
  readonly cameras: readonly { readonly streamId: string; readonly id: string; readonly name: string }[];
}

export interface StatusBoard {
  status(): SystemStatus;
  setStream(url: string, health: StreamHealth): void;
  setDatabase(health: DatabaseHealth): void;
  /** What admins call sites and cameras. */
  setNames(names: Names): void;
  setJournalEntries(count: number): void;
  setRejected(count: number): void;
  /** A fault of this workstation that a person must know, by its translation key. */
  setWarning(key: string, present: boolean): void;
  /** Told of every change, many at once as one. Returns the way to stop. */
  subscribe(listener: (status: SystemStatus) => void): () => void;
  /** Tells the subscribers even if nothing changed, so that a window can tell a quiet core from a dead one. */
  beat(): void;
}

export interface StatusBoardOptions {
  readonly workstation: string;
  readonly timeZone: string;
  /** In the order in which they are shown. */
  readonly streams: readonly StreamHealth[];
  readonly database: DatabaseHealth;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Runs a task soon, once; changes until then are told together. */
  readonly soon: (task: () => void) => void;
}

/** What every window shows of the health of links, cameras, database and this workstation, in one place. */
export function createStatusBoard(options: StatusBoardOptions): StatusBoard {
  const { workstation, timeZone, now, soon } = options;
  const streams = new Map(options.streams.map((health) => [health.url, health]));
  const warnings = new Set<string>();
  const listeners = new Set<(status: SystemStatus) => void>();
  let names: Names = { sites: [], cameras: [] };
  let database = options.database;
  let journalEntries = 0;
  let rejectedCount = 0;
  let telling = false;

  const named = (stream: StreamHealth): StreamHealth => {
    const given = new Map(
      names.cameras.filter(({ streamId }) => streamId === stream.streamId).map(({ id, name }) => [id, name]),
    );
    if (given.size === 0) return stream;
    const cameras = stream.cameras.map((camera) => ({
      ...camera,
      name: given.get(camera.id) ?? camera.name,
    }));
    return { ...stream, cameras };
  };

  const status = (): SystemStatus => ({
    at: now(),
    workstation,
    timeZone,
    streams: [...streams.values()].map(named),
    sites: names.sites,
    database,
    journalEntries,
    rejectedCount,
    warnings: [...warnings],
  });

  const tell = (): void => {
    telling = false;
    const current = status();
    for (const listener of listeners) listener(current);
  };

  const changed = (): void => {
    if (telling) return;
    telling = true;
    soon(tell);
  };

  return {
    status,
    setStream(url, health) {
      streams.set(url, health);
      changed();
    },
    setNames(given) {
      names = given;
      changed();
    },
    setDatabase(health) {
      database = health;
      changed();
    },
    setJournalEntries(count) {
      if (count === journalEntries) return;
      journalEntries = count;
      changed();
    },
    setRejected(count) {
      if (count === rejectedCount) return;
      rejectedCount = count;
      changed();
    },
    setWarning(key, present) {
      if (warnings.has(key) === present) return;
      if (present) warnings.add(key);
      else warnings.delete(key);
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    beat: tell,
  };
}
