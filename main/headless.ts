import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { composeAudit } from './compose-audit.ts';
import { composeCameras } from './compose-cameras.ts';
import { loadConfiguration } from './configuration/load.ts';
import type { Configuration } from './configuration/schema.ts';
import type { Log } from './core.ts';
import { decodeEvent } from './decode-event.ts';
import { createLog } from './log.ts';
import { createSharedRecord } from './postgres/shared-record.ts';
import { createLocalStore } from './sqlite/local-store.ts';

/*
 * The core without windows, for a server: camera stream → journal → analysis → PostgreSQL, in plain Node
 * (`npm run ingest -- --config FILE`). Ends cleanly on SIGTERM: what was acknowledged to the cameras is in the
 * journal, and what the database could take in time is there.
 */

const drainOnStopMs = 5_000;

async function ownVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const found: unknown = JSON.parse(text);
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : '';
}

/** Of this configuration's own, because a journal belongs to one process: below the user's data unless told. */
function defaultDataDirectory(configurationFile: string): string {
  const home = homedir();
  const base: Partial<Record<NodeJS.Platform, string>> = {
    win32: process.env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'),
    darwin: path.join(home, 'Library', 'Application Support'),
  };
  const data = base[process.platform] ?? process.env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share');
  const own = createHash('sha256').update(configurationFile).digest('hex').slice(0, 12);
  return path.join(data, 'vicore-ingest', own);
}

async function run(
  configuration: Configuration,
  dataDirectory: string,
  log: Log,
): Promise<() => Promise<void>> {
  const workstation = configuration.workstation.name;
  await mkdir(dataDirectory, { recursive: true });
  const store = await createLocalStore({
    directory: dataDirectory,
    workerUrl: new URL('./sqlite/worker.ts', import.meta.url),
    workstation,
    decodeEvent,
    onWarning: (warning) => log.error({ warning }, warning.message),
    onSlow: (name, milliseconds) => log.warn({ name, milliseconds }, 'slow in the local store'),
  });
  const cameras = composeCameras({
    streams: configuration.camera.streams,
    resumeFrom: async (streamId) => {
      const [journal, shared] = await Promise.all([store.lastSeqs(), sharedRecord.streamPositions()]);
      const last = Math.max(journal.get(streamId) ?? 0, shared?.get(streamId) ?? 0);
      return last > 0 ? last : undefined;
    },
    deliver: async (entries) => {
      await store.append(entries);
      sharedRecord.wake();
    },
    onHealth: (_, { url, link, streamId, reason }) =>
      log.debug({ url, link, streamId, reason }, 'camera link'),
  });
  let connected = false;
  const sharedRecord = createSharedRecord({
    connection: configuration.postgres,
    workstation,
    version: await ownVersion(),
    journal: store,
    caughtUpStreams: () => cameras.caughtUpStreams(),
    log,
    onConnected: () => audit.connected(),
    onElection: (event) => audit.elected(event),
    onHealth: (health) => {
      connected = health.state === 'connected';
      log.info({ ...health }, 'database');
    },
  });
  const audit = composeAudit({
    configuration,
    dataDirectory,
    outbox: store,
    shared: sharedRecord.audit,
    log,
  });
  sharedRecord.start();
  cameras.start();
  log.info({ workstation, streams: configuration.camera.streams.length }, 'ingesting');

  return async () => {
    await cameras.stop();
    // Without the database the journal keeps it for the next start.
    const drained = connected && (await sharedRecord.drained(drainOnStopMs));
    await audit.stop();
    await sharedRecord.stop();
    await store.close();
    log.info({ drained }, 'ended');
  };
}

async function main(): Promise<void> {
  const log = createLog(process.stdout);
  const given = process.env['VICORE_DATA_DIR'];
  const loaded = await loadConfiguration({
    argv: process.argv,
    environment: process.env,
    userData: path.resolve(given ?? '.'),
  });
  if (loaded.kind === 'missing') {
    process.stderr.write(
      `vicore: there is no configuration at ${loaded.path}; give one with --config FILE\n`,
    );
    process.exitCode = 2;
    return;
  }
  if (loaded.kind === 'invalid') {
    for (const { key, value, expected } of loaded.problems) {
      process.stderr.write(`vicore: ${loaded.path}: ${key}: ${value} is not right, expected ${expected}\n`);
    }
    process.exitCode = 2;
    return;
  }
  for (const warning of loaded.warnings) log.warn({ path: loaded.path }, warning);
  const dataDirectory = given ? path.resolve(given) : defaultDataDirectory(loaded.path);
  const stop = await run(loaded.configuration, dataDirectory, log);
  let stopping = false;
  const end = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'ending');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'did not end cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

await main();
