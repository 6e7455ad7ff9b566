import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { LineLog } from '../main/log.ts';
import { recentRestarts, safeModeAfter } from './restarts.ts';

const file = 'restarts.json';

function read(dataDirectory: string): readonly number[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(dataDirectory, file), 'utf8'));
    return Array.isArray(parsed) ? parsed.filter((entry) => typeof entry === 'number') : [];
  } catch {
    // No file, or one that cannot be read: no restart is known of.
    return [];
  }
}

/** Whether this start follows three faults within ten minutes (fault 52). */
export function startsInSafeMode(dataDirectory: string, now: number): boolean {
  return recentRestarts(read(dataDirectory), now).length >= safeModeAfter;
}

/** An exception nobody caught leaves the program in a state nobody knows: say so on disk, and start anew. */
export function guardAgainstFaults(dataDirectory: string, log: LineLog): void {
  let ending = false;
  const end = (error: unknown, kind: string) => {
    log.fatal({ error, kind }, 'an unexpected fault: the program restarts');
    if (ending) return;
    ending = true;
    try {
      const now = Date.now();
      mkdirSync(dataDirectory, { recursive: true });
      writeFileSync(
        join(dataDirectory, file),
        JSON.stringify([...recentRestarts(read(dataDirectory), now), now]),
      );
    } catch (failure) {
      log.fatal({ error: failure }, 'the restart could not be recorded');
    }
    // Unpackaged, the runtime may have taken the application's directory off the arguments.
    const own = process.argv.slice(1).filter((argument) => argument !== app.getAppPath());
    const args = app.isPackaged ? own : [...runtimeFlags(), app.getAppPath(), ...own];
    app.relaunch({ args });
    app.exit(70);
  };
  process.on('uncaughtException', (error) => {
    end(error, 'exception');
  });
  process.on('unhandledRejection', (reason) => {
    end(reason, 'rejection');
  });
}

/** The launchers of tests and demo switch the sandbox off where the user is root; a restart must keep that. */
const runtimeFlags = (): readonly string[] =>
  app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : [];
