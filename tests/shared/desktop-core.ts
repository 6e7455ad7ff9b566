import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Alert, SystemStatus } from '../../contract/domain.ts';
import { compose } from '../../main/compose.ts';
import { loadConfiguration } from '../../main/configuration/load.ts';
import type { Caller, Log } from '../../main/core.ts';

/*
 * The desktop's core without its windows, as a process that can be killed: tests/shared/desktop.ts starts it and
 * talks to it. What a window or the desktop would be told goes to the parent.
 */

export type ToDesktop =
  | { readonly kind: 'mark'; readonly alertIds: readonly string[] }
  | { readonly kind: 'rejected'; readonly cursor?: string; readonly limit: number }
  | { readonly kind: 'alerts' }
  | { readonly kind: 'held-up' }
  | { readonly kind: 'stop' };

export type FromDesktop =
  | { readonly kind: 'status'; readonly status: SystemStatus }
  | { readonly kind: 'notified'; readonly alert: Alert }
  | { readonly kind: 'answer'; readonly result: unknown };

const tell = (message: FromDesktop): void => {
  process.send?.(message);
};
const say =
  (level: string) =>
  (fields: Readonly<Record<string, unknown>>, message: string): void => {
    process.stdout.write(`${level} ${message} ${JSON.stringify(fields)}\n`);
  };
const log: Log = { debug: () => undefined, info: say('info'), warn: say('warn'), error: say('error') };

const loop = monitorEventLoopDelay({ resolution: 10 });
loop.enable();
const loaded = await loadConfiguration({ argv: process.argv, environment: process.env, userData: '.' });
if (loaded.kind !== 'loaded') throw new Error(JSON.stringify(loaded));
const core = await compose({
  configuration: loaded.configuration,
  dataDirectory: process.env['VICORE_DATA_DIR'] ?? '.',
  version: 'test',
  sqliteWorker: fileURLToPath(
    new URL(process.env['VICORE_TEST_WORKER'] ?? '../../main/sqlite/worker.ts', import.meta.url),
  ),
  log,
  // Nobody sits here.
  openSignInPage: () => Promise.reject(new Error('there is no browser')),
});
core.onChanges((changes) => {
  for (const change of changes) if (change.kind === 'status') tell({ kind: 'status', status: change.status });
});
core.onAlert((alert) => tell({ kind: 'notified', alert }));

const caller = (): Caller => ({
  windowId: 1,
  kind: 'system',
  session: core.session(),
  at: Date.now(),
  correlationId: 'test',
});

async function obey(message: ToDesktop): Promise<unknown> {
  switch (message.kind) {
    case 'mark':
      return core.markNotified(message.alertIds);
    case 'rejected': {
      const { cursor, limit } = message;
      return core.handlers['monitoring.rejected']({ limit, ...(cursor && { cursor }) }, caller());
    }
    case 'alerts':
      return core.handlers['alerts.list']({ limit: 200 }, caller());
    case 'held-up': {
      const longest = loop.max / 1e6;
      loop.reset();
      return longest;
    }
    case 'stop':
      return core.stop();
  }
}
process.on('message', (message: ToDesktop) => {
  void obey(message).then((result) => tell({ kind: 'answer', result: result ?? true }));
});
