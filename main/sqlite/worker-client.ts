import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LocalStoreError } from './failure.ts';
import type { OperationName, Operations, StoreWarning, WorkerMessage, WorkerSettings } from './protocol.ts';

export interface WorkerClient {
  call<Name extends OperationName>(
    name: Name,
    input: Operations[Name]['input'],
  ): Promise<Operations[Name]['result']>;
  /** Requests that wait for an answer. */
  pending(): number;
  close(): Promise<void>;
}

export interface WorkerClientOptions {
  readonly workerUrl: URL;
  readonly settings: WorkerSettings;
  readonly onWarning: (warning: StoreWarning) => void;
  readonly onSlow: (name: string, milliseconds: number) => void;
}

/** More requests than this are refused as `busy`: memory stays bounded when the disk does not keep up. */
const mostPending = 10_000;
const exitPatienceMs = 2_000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: LocalStoreError) => void;
}

/** Resolves once both files are open; rejects with `refused` when the store would not keep its promises. */
export const startWorker = (options: WorkerClientOptions): Promise<WorkerClient> => {
  const { workerUrl, settings, onWarning, onSlow } = options;
  const worker = new Worker(workerUrl, { workerData: settings, name: 'local-store' });
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let ended: LocalStoreError | undefined;
  let closing = false;

  const end = (error: LocalStoreError): void => {
    if (ended !== undefined) return;
    ended = error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    if (!closing) onWarning({ key: 'store-stopped', active: true, message: error.message });
  };

  const call = <Name extends OperationName>(
    name: Name,
    input: Operations[Name]['input'],
  ): Promise<Operations[Name]['result']> => {
    if (ended !== undefined) return Promise.reject(ended);
    if (closing && name !== 'close') {
      return Promise.reject(new LocalStoreError({ code: 'closed', message: 'The local store is closed.' }));
    }
    if (pending.size >= mostPending) {
      const message = `${String(pending.size)} requests wait for the local store already.`;
      return Promise.reject(new LocalStoreError({ code: 'busy', message }));
    }
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve: (value) => resolve(value as Operations[Name]['result']), reject });
      worker.postMessage({ id, name, input });
    });
  };

  const settle = (id: number): Pending | undefined => {
    const waiting = pending.get(id);
    pending.delete(id);
    return waiting;
  };

  const client: WorkerClient = {
    call,
    pending: () => pending.size,
    async close() {
      if (closing || ended !== undefined) return;
      const closed = call('close', undefined);
      closing = true;
      try {
        await closed;
        // It ends by itself: a thread that is torn down from outside may be in the middle of SQLite's own clean-up.
        await Promise.race([exited, pause(exitPatienceMs, undefined, { ref: false })]);
      } finally {
        await worker.terminate();
      }
    },
  };

  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'opened':
          resolve(client);
          return;
        case 'refused':
          closing = true;
          reject(new LocalStoreError(message.failure));
          return;
        case 'done':
          settle(message.id)?.resolve(message.value);
          return;
        case 'failed':
          settle(message.id)?.reject(new LocalStoreError(message.failure));
          return;
        case 'warning':
          onWarning(message.warning);
          return;
        case 'slow':
          onSlow(message.name, message.milliseconds);
      }
    });
    const stopped = (message: string): void => {
      const error = new LocalStoreError({ code: 'closed', message });
      end(error);
      reject(error);
    };
    worker.on('error', (error) => {
      stopped(`The local store stopped: ${error instanceof Error ? error.message : String(error)}`);
    });
    worker.on('exit', () => {
      stopped('The local store has ended.');
    });
  });
};
