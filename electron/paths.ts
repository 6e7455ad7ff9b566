import { join, resolve } from 'node:path';
import { app } from 'electron';
import type { WindowKind } from '../contract/methods.ts';

/** Built files lie beside this one: out/main, out/preload, out/renderer. */
const built = resolve(import.meta.dirname, '..');

export const rendererRoot = join(built, 'renderer');
export const preloadScript = (kind: WindowKind): string => join(built, 'preload', `${kind}.cjs`);
export const sqliteWorkerScript = join(built, 'main', 'sqlite-worker.js');

/** `VICORE_DATA_DIR` moves everything the application writes; must run before anything asks for a path. */
export function useDataDirectory(environment: NodeJS.ProcessEnv): string {
  const given = environment['VICORE_DATA_DIR'];
  if (given !== undefined && given !== '') {
    app.setPath('userData', resolve(given));
    app.setPath('sessionData', join(resolve(given), 'session'));
  }
  return app.getPath('userData');
}

export const logDirectory = (dataDirectory: string): string => join(dataDirectory, 'logs');
