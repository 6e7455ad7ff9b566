import type { Database } from 'better-sqlite3';
import { isDamage, toFailure } from './failure.ts';
import type { StoreFailure } from './failure.ts';
import { openFiles } from './files.ts';
import { undoAgain } from './acts-here.ts';
import { createDirectHandlers, createSlicedHandlers } from './handlers.ts';
import type { DirectName, SlicedName } from './handlers.ts';
import { appendRows } from './journal.ts';
import type { JournalRow, OperationName, Request, WorkerMessage, WorkerSettings } from './protocol.ts';
import { createScheduler } from './scheduler.ts';
import { giveBack, isSound } from './database.ts';
import { createFullDisk } from './full-disk.ts';

interface PendingAppend {
  readonly id: number;
  readonly rows: readonly JournalRow[];
}

const slicedNames = new Set<OperationName>(['journal.removeThrough', 'shared.apply', 'shared.prune']);
const isSliced = (request: Request): request is Request<SlicedName> => slicedNames.has(request.name);
const isAppend = (request: Request): request is Request<'journal.append'> =>
  request.name === 'journal.append';

/** Operations on the durable file. */
const isOfJournal = (name: OperationName): boolean => /^(journal|acts|audit|notified|settings)\./.test(name);

/** An act is kept in the durable file and shown in the replica: either may be what is damaged. */
const isOfBoth = (name: OperationName): boolean => name.startsWith('acts.');

/** Whether it can be read through; damage that does not even let it be checked is damage too. */
const isReadable = (database: Database): boolean => {
  try {
    return isSound(database);
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
};

const removes = (name: OperationName): boolean => name === 'journal.removeThrough' || name === 'shared.prune';

/** How often the files are looked for, ms. */
const presenceInterval = 2_000;

/** How long after the start the ballast is written, ms. */
const ballastDelay = 3_000;

/** Everything the worker does, apart from being a worker. Throws when the store cannot be opened at all. */
export const createWorkerStore = (
  settings: WorkerSettings,
  send: (message: WorkerMessage) => void,
): {
  readonly receive: (request: Request) => void;
  /** Both files are closed and nothing more will be answered but refusals. */
  readonly onStopped: (listener: () => void) => void;
} => {
  const warn = (warning: Extract<WorkerMessage, { kind: 'warning' }>['warning']): void => {
    send({ kind: 'warning', warning });
  };
  const files = openFiles(settings, warn);
  const direct = createDirectHandlers(files, settings.workstation, warn);
  const sliced = createSlicedHandlers(files, settings.workstation);
  const scheduler = createScheduler();
  const shrink = (): boolean => giveBack(files.journal.database);
  const fullDisk = createFullDisk(files.ballast, shrink, warn);
  let appends: PendingAppend[] = [];
  let closed = false;

  const fail = (id: number, failure: StoreFailure): void => {
    send({ kind: 'failed', id, failure });
  };

  const timed = <Value>(name: string, run: () => Value): Value => {
    const start = performance.now();
    try {
      return run();
    } finally {
      const milliseconds = performance.now() - start;
      if (milliseconds >= settings.slowAfter) send({ kind: 'slow', name, milliseconds });
    }
  };

  const replaceReplica = (reason: string): void => {
    files.replaceReplica(reason);
    scheduler.abandonLong('the local copy is being rebuilt');
  };

  /** Makes the next attempt possible: a new file for a damaged one, room on a full disk. */
  const recover = (name: OperationName, error: unknown): void => {
    if (isDamage(error)) {
      const ofReplica = !isOfJournal(name) || (isOfBoth(name) && isReadable(files.journal.database));
      if (!ofReplica) files.replaceJournal();
      else replaceReplica('its content was found damaged');
    } else if (toFailure(error).code === 'disk-full') {
      fullDisk.met(removes(name));
    }
  };

  const lookForFiles = (): void => {
    if (closed) return;
    if (files.journal.presence() === 'gone') files.replaceJournal();
    if (files.replica.presence() === 'gone') replaceReplica('its file was deleted or emptied');
    // Also on a quiet stream, where nothing is appended that would find it.
    fullDisk.look();
  };

  const guarded = (name: OperationName, id: number, run: () => void): void => {
    try {
      run();
    } catch (error) {
      try {
        recover(name, error);
      } catch (second) {
        // The failed request already says what is wrong; the next one meets the same obstacle.
        send({
          kind: 'warning',
          warning: { key: 'store-stopped', active: true, message: toFailure(second).message },
        });
      }
      fail(id, toFailure(error));
    }
  };

  /** All that wait, in one transaction; one group that the disk has no room for fails as a whole. */
  const runAppends = (): void => {
    const group = appends;
    appends = [];
    const attempt = (): void => {
      timed('journal.append', () => {
        appendRows(
          files.journal,
          group.map(({ rows }) => rows),
        );
      });
    };
    try {
      if (files.journal.presence() === 'gone') files.replaceJournal();
      try {
        attempt();
      } catch (error) {
        if (!isDamage(error)) throw error;
        files.replaceJournal();
        attempt();
      }
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === 'disk-full') fullDisk.met(false);
      for (const { id } of group) fail(id, failure);
      return;
    }
    for (const { id } of group) send({ kind: 'done', id, value: undefined });
    fullDisk.look();
  };

  const runDirect = <Name extends DirectName>(request: Request<Name>): void => {
    guarded(request.name, request.id, () => {
      const value = timed(request.name, () => direct[request.name](request.input));
      send({ kind: 'done', id: request.id, value });
    });
  };

  const startLong = <Name extends SlicedName>(request: Request<Name>): void => {
    const { id, name } = request;
    function* steps() {
      return yield* sliced[name](request.input);
    }
    scheduler.long({
      steps: steps(),
      done: (value) => {
        send({ kind: 'done', id, value });
        if (removes(name)) fullDisk.removed();
      },
      failed: (error) => {
        guarded(name, id, () => {
          throw error;
        });
      },
    });
  };

  // Nobody asked for it: a replica that turns out to be damaged is replaced, and has nothing to take back then.
  guarded('shared.apply', 0, () => undoAgain(files));

  const presenceTimer = setInterval(lookForFiles, presenceInterval);
  presenceTimer.unref();
  // After what the start asks for: writing it takes a moment on a slow disk.
  const ballastTimer = setTimeout(() => files.ballast?.restore(), ballastDelay);
  ballastTimer.unref();

  let stopped = (): void => undefined;
  const stop = (): void => {
    if (closed) return;
    closed = true;
    clearInterval(presenceTimer);
    clearTimeout(ballastTimer);
    files.close();
  };

  return {
    receive(request) {
      if (closed) {
        fail(request.id, { code: 'closed', message: 'The local store is closed.' });
      } else if (isAppend(request)) {
        appends.push({ id: request.id, rows: request.input });
        if (appends.length === 1) scheduler.append(runAppends);
      } else if (request.name === 'close') {
        void scheduler.idle().then(() => {
          guarded('close', request.id, () => {
            stop();
            send({ kind: 'done', id: request.id, value: undefined });
            stopped();
          });
        });
      } else if (isSliced(request)) {
        startLong(request);
      } else {
        scheduler.direct(() => {
          runDirect(request as Request<DirectName>);
        });
      }
    },
    onStopped(listener) {
      stopped = listener;
    },
  };
};
