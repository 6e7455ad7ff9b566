import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBallast } from './ballast.ts';
import type { Ballast } from './ballast.ts';
import { databaseOpener, foldLog } from './database.ts';
import type { OpenDatabase } from './database.ts';
import { getSetting, setSetting } from './durable-notes.ts';
import { LocalStoreError, toFailure } from './failure.ts';
import { openJournalFile, replaceJournalFile } from './journal-file.ts';
import type { JournalFile } from './journal-file.ts';
import type { StoreWarning, WorkerSettings } from './protocol.ts';
import { fingerprint, openReplicaFile, replaceReplicaFile } from './replica-file.ts';
import type { ReplicaFile } from './replica-file.ts';

const cleanCloseKey = 'replica.clean-close';

/** Why nothing can be written in the directory; undefined when it can, or the disk is merely full. */
const obstacleIn = (directory: string): string | undefined => {
  const probe = join(directory, '.writable');
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(probe, 'x');
    rmSync(probe, { force: true });
    return undefined;
  } catch (error) {
    const failure = toFailure(error);
    return failure.code === 'disk-full' ? undefined : failure.message;
  }
};

/** The two files, opened, and opened anew when they turn out damaged or gone. */
export interface Files {
  readonly journal: JournalFile;
  readonly replica: ReplicaFile;
  readonly ballast: Ballast | undefined;
  replaceJournal(): void;
  replaceReplica(reason: string): void;
  close(): void;
}

interface Opened {
  readonly directory: string | undefined;
  readonly ballast: Ballast | undefined;
  journal: JournalFile;
  replica: ReplicaFile;
}

/** A new copy needs room; without any, windows work from a copy in memory until the next start. */
const openReplica = (
  open: OpenDatabase,
  directory: string,
  mark: string | undefined,
  warn: (warning: StoreWarning) => void,
): ReplicaFile => {
  try {
    return openReplicaFile(open, directory, mark, warn);
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== 'disk-full' && failure.code !== 'input-output') throw error;
    warn({
      key: 'store-disk-full',
      active: true,
      message: `The local copy is in memory only, because its file cannot be written (${failure.message}).`,
    });
    return openReplicaFile(open, undefined, undefined, warn);
  }
};

const openOnDisk = (
  open: OpenDatabase,
  settings: WorkerSettings,
  warn: (warning: StoreWarning) => void,
): Opened => {
  const { directory } = settings;
  const ballast = createBallast(join(directory, 'ballast'), settings.ballastBytes);
  const attempt = (): Opened => {
    const journal = openJournalFile(open, directory, warn);
    return { directory, ballast, journal, replica: openReplica(open, directory, takeMark(journal), warn) };
  };
  try {
    return attempt();
  } catch (error) {
    if (error instanceof LocalStoreError || !ballast.release()) throw error;
    return attempt();
  }
};

/** The mark of a clean close is good only once: a crash from here on must find none. */
const takeMark = (journal: JournalFile): string | undefined => {
  const mark = getSetting(journal, cleanCloseKey);
  if (mark === undefined) return undefined;
  try {
    setSetting(journal, cleanCloseKey, undefined);
    return mark;
  } catch (error) {
    // A full disk cannot take it back, so it is not trusted: the replica is checked in full.
    if (toFailure(error).code !== 'disk-full') throw error;
    return undefined;
  }
};

const leaveMark = (journal: JournalFile, mark: string): void => {
  try {
    setSetting(journal, cleanCloseKey, mark);
  } catch (error) {
    // Without the mark the next start checks the replica in full, nothing more.
    if (toFailure(error).code !== 'disk-full') throw error;
  }
};

const openInMemory = (open: OpenDatabase, warn: (warning: StoreWarning) => void): Opened => {
  const journal = openJournalFile(open, undefined, warn);
  return {
    directory: undefined,
    ballast: undefined,
    journal,
    replica: openReplicaFile(open, undefined, undefined, warn),
  };
};

const openBest = (
  open: OpenDatabase,
  settings: WorkerSettings,
  warn: (warning: StoreWarning) => void,
): Opened => {
  let obstacle = obstacleIn(settings.directory);
  if (obstacle === undefined) {
    try {
      return openOnDisk(open, settings, warn);
    } catch (error) {
      const failure = toFailure(error);
      if (error instanceof LocalStoreError || failure.code !== 'input-output') throw error;
      obstacle = failure.message;
    }
  }
  warn({
    key: 'store-memory-only',
    active: true,
    message: `Nothing can be stored in ${settings.directory} (${obstacle}). This workstation works from memory only.`,
  });
  return openInMemory(open, warn);
};

export const openFiles = (settings: WorkerSettings, warn: (warning: StoreWarning) => void): Files => {
  const open = databaseOpener(settings.sqliteModule);
  const opened = openBest(open, settings, warn);
  const { directory } = opened;
  return {
    get journal() {
      return opened.journal;
    },
    get replica() {
      return opened.replica;
    },
    ballast: opened.ballast,
    replaceJournal() {
      if (directory !== undefined) opened.journal = replaceJournalFile(open, directory, opened.journal, warn);
    },
    replaceReplica(reason) {
      opened.replica = replaceReplicaFile(open, directory, opened.replica, reason, warn);
    },
    close() {
      const folded = foldLog(opened.replica.database);
      opened.replica.database.close();
      const mark = directory === undefined || !folded ? undefined : fingerprint(directory);
      if (mark !== undefined) leaveMark(opened.journal, mark);
      opened.journal.database.close();
    },
  };
};
