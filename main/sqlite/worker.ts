import { parentPort, workerData } from 'node:worker_threads';
import { toFailure } from './failure.ts';
import type { Request, WorkerMessage, WorkerSettings } from './protocol.ts';
import { createWorkerStore } from './worker-store.ts';

/*
 * The one thread that owns the two SQLite files (docs/ARCHITECTURE.md). Runs as it is in plain Node and as the
 * bundled entry `sqlite-worker.js` in Electron.
 */

const port = parentPort;
if (port === null) throw new Error('the local store runs in a worker thread only');
const send = (message: WorkerMessage): void => {
  port.postMessage(message);
};

try {
  const store = createWorkerStore(workerData as WorkerSettings, send);
  port.on('message', (request: Request) => {
    store.receive(request);
  });
  // Nothing keeps the thread alive then.
  store.onStopped(() => port.close());
  send({ kind: 'opened' });
} catch (error) {
  send({ kind: 'refused', failure: toFailure(error) });
}
