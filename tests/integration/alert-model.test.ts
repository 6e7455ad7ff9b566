import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FreshDatabase } from '../../tools/postgres/template.ts';
import { runSequence } from '../shared/alert-model.ts';
import { createCamera } from '../shared/model-lane.ts';
import type { Lane } from '../shared/model-lane.ts';
import { startModelWorkstation } from '../shared/model-workstation.ts';
import { startTestPostgres } from '../shared/postgres.ts';
import type { TestPostgres } from '../shared/postgres.ts';
import { createRandom } from '../shared/random.ts';
import { register, settingsOf } from './postgres-support.ts';

/*
 * Random sequences of measurements, acts, restarts and lost links on three workstations with their own SQLite files
 * and one PostgreSQL: after every step the invariant of docs/faults.md, at the end the same everywhere. What failed
 * is run again with ALERT_MODEL_SEED=<the number of the sequence> ALERT_MODEL_SEQUENCES=1.
 */

const sequences = Number(process.env['ALERT_MODEL_SEQUENCES'] ?? 1_000);
/** The same sequences each time, so that a red run speaks of the change that caused it; others by the variable. */
const firstSeed = Number(process.env['ALERT_MODEL_SEED'] ?? 1);
const lanes = Math.min(3, sequences);
const patienceMs = 600_000;
/** Killed processes, not power cuts: what the disk itself would keep is tested elsewhere. */
const memory = '/dev/shm';
const people = ['anna', 'bob', 'cleo'] as const;

let postgres: TestPostgres;
let directory: string;
beforeAll(async () => {
  postgres = await startTestPostgres();
  directory = mkdtempSync(path.join(existsSync(memory) ? memory : tmpdir(), 'vicore-model-'));
});
afterAll(async () => {
  await postgres.end();
  rmSync(directory, { recursive: true, force: true });
});

async function openLane(number: number, database: FreshDatabase): Promise<Lane & { close(): Promise<void> }> {
  for (const name of people) await register(database.ownerUrl, name, 'supervisor');
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  owner.on('error', () => undefined);
  await owner.connect();
  const start = async (name: string) => {
    const station = await startModelWorkstation({
      name: `${name}-${number}`,
      directory,
      settings: settingsOf(database),
    });
    await station.connect();
    await station.follow();
    return station;
  };
  const stations = [await start('FOLK'), await start('COQ'), await start('DEPOT')] as const;
  return {
    owner,
    stations,
    people,
    camera: createCamera(`stream-${number}`),
    lastAct: 0,
    async close() {
      for (const station of stations) await station.stop();
      await owner.end();
    },
  };
}

test(
  `${sequences} random sequences on three workstations end in the same state everywhere`,
  async () => {
    process.stdout.write(`alert model: ${sequences} sequences from seed ${firstSeed}\n`);
    let next = 0;
    let run = 0;
    let failed = false;
    async function work(number: number): Promise<void> {
      const lane = await openLane(number, await postgres.fresh());
      while (next < sequences && !failed) {
        const seed = firstSeed + next;
        next += 1;
        const notes: string[] = [];
        try {
          await runSequence(lane, createRandom(seed), seed, (step) => notes.push(step));
          run += 1;
        } catch (error) {
          failed = true;
          await lane.close();
          throw new Error(
            `sequence ALERT_MODEL_SEED=${seed} ALERT_MODEL_SEQUENCES=1\n${notes.join('\n')}\n` +
              (error instanceof Error ? error.message : String(error)),
            { cause: error },
          );
        }
      }
      await lane.close();
    }
    await Promise.all(Array.from({ length: lanes }, (_, number) => work(number)));
    expect(run).toBe(sequences);
  },
  patienceMs,
);
