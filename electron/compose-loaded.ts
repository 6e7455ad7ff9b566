import { app } from 'electron';
import type { Core, CoreOptions } from '../main/core.ts';
import type { Composition, ConfigurationProblem } from './composition.ts';
import { sqliteWorkerScript } from './paths.ts';
import type { Language } from './texts/texts.ts';

export type Composed =
  | { readonly kind: 'composed'; readonly core: Core; readonly language: Language | undefined }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'invalid'; readonly path: string; readonly problems: readonly ConfigurationProblem[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** Which better-sqlite3 a developer's runtime needs; a shipped program ignores it. */
const developmentModule = (): string | undefined =>
  app.isPackaged ? undefined : process.env['VICORE_SQLITE_MODULE'];

/** Configuration, then the core on it. Never rejects: what goes wrong here is shown to a person. */
export async function composeLoaded<Configuration>(
  composition: Composition<Configuration>,
  options: Pick<CoreOptions<Configuration>, 'dataDirectory' | 'log' | 'openSignInPage'>,
): Promise<Composed> {
  const { dataDirectory, log } = options;
  try {
    const loaded = await composition.load({
      argv: process.argv,
      environment: process.env,
      userData: dataDirectory,
    });
    if (loaded.kind !== 'loaded') return loaded;
    for (const warning of loaded.warnings) log.warn({ path: loaded.path }, warning);
    const core = await composition.compose({
      ...options,
      configuration: loaded.configuration,
      sqliteWorker: sqliteWorkerScript,
      version: app.getVersion(),
      sqliteModule: developmentModule(),
      sealer: composition.sealer(),
    });
    return { kind: 'composed', core, language: loaded.language };
  } catch (error) {
    log.error({ error }, 'the core did not start');
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
