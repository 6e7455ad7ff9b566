import { createLocalStore } from '../../main/sqlite/local-store.ts';
import { decodeEvent, eventEntry, workerUrl } from './local-store.ts';

/*
 * A process of its own for the kill test: appends without end, several appends under way at any time, and says
 * each acknowledged seq on standard output.
 */
const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('which directory?');

const store = await createLocalStore({
  directory,
  workerUrl,
  workstation: 'TEST-01',
  decodeEvent,
  onWarning: (warning) => process.stderr.write(`${JSON.stringify(warning)}\n`),
});

for (let seq = 1; ; seq += 8) {
  const appends = Array.from({ length: 8 }, async (_, offset) => {
    await store.append([eventEntry(seq + offset)]);
    process.stdout.write(`${seq + offset}\n`);
  });
  await Promise.all(appends);
}
