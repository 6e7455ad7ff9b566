import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { startSimulator } from '../simulator/simulator.ts';
import type { Fault } from '../simulator/faults.ts';
import type { Person } from '../../main/auth/ports.ts';
import { demoPeople, demoRoles } from '../identity/people.ts';
import { workstation } from './options.ts';

const headless = fileURLToPath(new URL('../../main/headless.ts', import.meta.url));
const historyDays = 30;
/** Seconds between two passes of a track: some 500 passes in a month, ingested in well under a minute. */
const historyInterval = 7_200;
const seed = 'demo';

/** Springs with a story: seen in the trends of the last month. */
const standingFaults = (): readonly Fault[] => {
  const since = new Date(Date.now() - historyDays * 86_400_000).toISOString();
  return [
    { name: 'settling', number: '9870 1012', position: '3Rb', perDay: 0.35, since },
    { name: 'settling', number: '9870 1047', position: '2La', perDay: 0.3, since },
  ];
};

export interface HistoryOptions {
  readonly client: pg.Client;
  /** Writes the configuration of the ingesting core for these streams and returns its path. */
  readonly configure: (streams: readonly string[], token: string) => Promise<string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: (share: number) => void;
}

async function stored(client: pg.Client): Promise<number> {
  const found = await client.query<{ sum: string | null }>(
    'select sum(last_seq) from vicore.stream_position',
  );
  return Number(found.rows[0]?.sum ?? 0);
}

/** A month of traffic through the real line: simulator → headless core → PostgreSQL. */
export async function ingestHistory(options: HistoryOptions): Promise<void> {
  const simulator = await startSimulator({
    seed,
    historyDays,
    interval: historyInterval,
    incidents: 0.25,
    faults: standingFaults(),
  });
  const file = await options.configure(
    simulator.streams.map(({ url }) => url),
    simulator.token,
  );
  const total = simulator.streams.reduce((sum, { key }) => sum + simulator.latestSeq(key), 0);
  const core = spawn(process.execPath, [headless, '--config', file], {
    env: options.environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    for (;;) {
      if (core.exitCode !== null) throw new Error('the ingesting core ended before the history was stored');
      const done = await stored(options.client);
      options.progress(Math.min(1, done / total));
      if (done >= total) break;
      await delay(200);
    }
  } finally {
    if (core.exitCode === null) {
      const ended = once(core, 'exit');
      core.kill('SIGTERM');
      await ended;
    }
    await simulator.stop();
  }
}

/** Who may acknowledge and confirm, and did in the month before. */
const actors: readonly Person[] = demoPeople.flatMap(({ subject, name, email, roles }) => {
  const claimedRole = demoRoles[roles[0] ?? ''] ?? 'viewer';
  return claimedRole === 'viewer' ? [] : [{ subject, name, email, claimedRole }];
});

/** Operators dealt with what is older than a day: acknowledged within minutes, then confirmed. */
export async function handleHistory(client: pg.Client): Promise<void> {
  for (const person of actors) {
    await client.query('select vicore.record_person($1, $2, gen_random_uuid()::text)', [
      JSON.stringify(person),
      workstation,
    ]);
  }
  const before = new Date(Date.now() - 86_400_000);
  const subjects = actors.map(({ subject }) => subject);
  // The record itself puts the name and the role to the subject.
  const act = `json_build_object('actor', subject, 'subject', subject, 'role', 'operator', 'workstation', $3::text,
    'at', (extract(epoch from acted_at) * 1000)::bigint, 'correlationId', gen_random_uuid())`;
  const subject = `($2::text[])[1 + abs(hashtext(id::text)) % cardinality($2::text[])] as subject`;
  await client.query(
    `select vicore.acknowledge_alert(id, null, null, ${act}, false)
       from (select id, ${subject},
               raised_at + make_interval(secs => 20 + abs(hashtext(id::text)) % 300) as acted_at
             from vicore.alert
             where raised_at < $1 and state in ('active-unacknowledged', 'cleared-unacknowledged')) as open_alert`,
    [before, subjects, workstation],
  );
  await client.query(
    `select vicore.confirm_pass(id, null, ${act})
       from (select id, ${subject},
               coalesce(ended_at, started_at) + interval '10 minutes' as acted_at
             from vicore.train_pass where started_at < $1 and status = 'pending') as pending_pass`,
    [before, subjects, workstation],
  );
}
