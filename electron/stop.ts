import { app } from 'electron';
import type { Log } from '../main/core.ts';
import type { Stage } from './stage.ts';

/** How long a core may take to close before the program ends without it (fault 54); the journal is durable anyway. */
const withinMs = 6_000;

/** Ends the program in order: places of the windows, windows, core. */
export function endWith(stage: () => Stage | undefined, log: Log): void {
  let stopped = false;
  let stopping = false;

  // Without a listener the end of the last window would end the program on its own.
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', () => {
    stage()?.freeze();
  });
  app.on('will-quit', (event) => {
    const current = stage();
    if (stopped || !current) return;
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    const limit = new Promise<string>((resolve) => {
      setTimeout(() => resolve('late'), withinMs);
    });
    Promise.race([current.stop().then(() => 'in time'), limit])
      .then((how) => {
        log.info({ how }, 'ended');
      })
      .catch((error: unknown) => {
        log.error({ error }, 'the core did not close cleanly');
      })
      .finally(() => {
        stopped = true;
        app.exit(0);
      });
  });
}
