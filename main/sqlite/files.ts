import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBallast } from './ballast.ts';
import type { Ballast } from './ballast.ts';
import { databaseOpener } from './database.ts';
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

const openOnDisk = (
  open: OpenDatabase,
  settings: WorkerSettings,
  warn: (warning: StoreWarning) => void,
): Opened => {
  const { directory } = settings;
  const ballast = createBallast(join(directory, 'ballast'), settings.ballastBytes);
  const attempt = (): Opened => {
    const journal = openJournalFile(open, directory, warn);
    // Only ever good once: a crash from here on must find no mark.
    const mark = getSetting(journal, cleanCloseKey);
    if (mark !== undefined) setSetting(journal, cleanCloseKey, undefined);
    return { directory, ballast, journal, replica: openReplicaFile(open, directory, mark, warn) };
  };
  try {
    const opened = attempt();
    ballast.restore();
    return opened;
  } catch (error) {
    if (toFailure(error).code !== 'disk-full' || !ballast.release()) throw error;
    return attempt();
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
      if (directory !== undefined) opened.replica.database.pragma('wal_checkpoint(TRUNCATE)');
      opened.replica.database.close();
      const mark = directory === undefined ? undefined : fingerprint(directory);
      if (mark !== undefined) setSetting(opened.journal, cleanCloseKey, mark);
      opened.journal.database.close();
    },
  };
};
