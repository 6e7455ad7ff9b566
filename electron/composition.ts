import type { Compose, Handlers, Sealer, SetupMethodName } from '../main/core.ts';
import type { Language } from './texts/texts.ts';

export interface ConfigurationProblem {
  readonly key: string;
  readonly value: string;
  readonly expected: string;
}

export type LoadedConfiguration<Configuration> =
  | {
      readonly kind: 'loaded';
      readonly configuration: Configuration;
      readonly path: string;
      readonly warnings: readonly string[];
      /** Of the workstation; a person's preference goes before it. */
      readonly language?: Language | undefined;
    }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'invalid'; readonly path: string; readonly problems: readonly ConfigurationProblem[] };

/** The parts of the core that the shell starts: given by electron/index.ts, the only file that knows which. */
export interface Composition<Configuration> {
  load(options: {
    readonly argv: readonly string[];
    readonly environment: NodeJS.ProcessEnv;
    readonly userData: string;
  }): LoadedConfiguration<Configuration> | Promise<LoadedConfiguration<Configuration>>;
  readonly compose: Compose<Configuration>;
  /** Resolves when the key store can answer; undefined where there is none. */
  sealer(): Promise<Sealer | undefined>;
  setupHandlers(options: { readonly configurationPath: string }): Handlers<SetupMethodName>;
}
