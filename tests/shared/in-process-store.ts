import { LocalStoreError } from '../../main/sqlite/failure.ts';
import { storeOn } from '../../main/sqlite/local-store.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import type { OperationName, Operations, Request, WorkerMessage } from '../../main/sqlite/protocol.ts';
import type { WorkerClient } from '../../main/sqlite/worker-client.ts';
import { createWorkerStore } from '../../main/sqlite/worker-store.ts';
import { decodeEvent } from './local-store.ts';

/**
 * The workstation's local store on real files, without a thread of its own: opened and closed in a few
 * milliseconds, so that a test can restart a workstation a thousand times.
 */
export function openInProcess(directory: string, workstation: string): LocalStore {
  const waiting = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  let lastId = 0;
  function take(id: number) {
    const found = waiting.get(id);
    waiting.delete(id);
    return found;
  }
  function hear(message: WorkerMessage): void {
    if (message.kind === 'done') take(message.id)?.resolve(message.value);
    else if (message.kind === 'failed') take(message.id)?.reject(new LocalStoreError(message.failure));
  }
  const store = createWorkerStore({ directory, workstation, ballastBytes: 4_096, slowAfter: 1_000 }, hear);
  const call = <Name extends OperationName>(
    name: Name,
    input: Operations[Name]['input'],
  ): Promise<Operations[Name]['result']> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve: (value) => resolve(value as Operations[Name]['result']), reject });
      // What crosses a thread is a copy.
      const request: Request<Name> = { id, name, input: structuredClone(input) };
      store.receive(request);
    });
  };
  const client: WorkerClient = {
    call,
    pending: () => waiting.size,
    async close() {
      await call('close', undefined);
    },
  };
  return storeOn(client, decodeEvent);
}
