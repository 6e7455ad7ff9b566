import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/*
 * The worker of the local store on a disk that takes a second to sync: while the file `slow-disk` lies beside the
 * journal, each transaction of the journal ends as late as it would there. Everything else waits behind it, because the
 * thread does.
 */

const syncMs = 1_000;
const nobody = new Int32Array(new SharedArrayBuffer(4));

const transactionOf = Reflect.get(Database.prototype, 'transaction') as (
  this: Database.Database,
  work: (...values: unknown[]) => unknown,
) => (...values: unknown[]) => unknown;

function slowTransaction(
  this: Database.Database,
  work: (...values: unknown[]) => unknown,
): (...values: unknown[]) => unknown {
  const run = transactionOf.call(this, work);
  if (path.basename(this.name) !== 'journal.sqlite') return run;
  const flag = path.join(path.dirname(this.name), 'slow-disk');
  return (...values) => {
    const result = run(...values);
    if (existsSync(flag)) Atomics.wait(nobody, 0, 0, syncMs);
    return result;
  };
}
Reflect.set(Database.prototype, 'transaction', slowTransaction);

await import('../../main/sqlite/worker.ts');
