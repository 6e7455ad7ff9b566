import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { configurationSchema } from './schema.ts';
import type { Configuration, ConfigurationFile, Secret } from './schema.ts';
import { originOf, resolveSecret } from './secret.ts';
import type { SecretSources } from './secret.ts';

export interface ConfigurationProblem {
  /** Where in the file, such as `postgres.hosts.0`. */
  readonly key: string;
  /** What stands there; never a secret. */
  readonly value: string;
  readonly expected: string;
}

export type LoadedConfiguration =
  | {
      readonly kind: 'loaded';
      readonly configuration: Configuration;
      readonly path: string;
      readonly warnings: readonly string[];
      readonly language: 'en' | 'fr';
    }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'invalid'; readonly path: string; readonly problems: readonly ConfigurationProblem[] };

export interface LoadOptions {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the file is looked for when nothing else is said. */
  readonly userData: string;
  readonly unseal?: SecretSources['unseal'];
  /** False: the cameras' tokens stay empty, for commands that need the database only. */
  readonly cameraTokens?: boolean;
}

const fileName = 'vicore.config.json';
const largestFile = 1024 * 1024;

function argumentOf(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--config');
  if (at >= 0) return argv[at + 1];
  return argv.find((argument) => argument.startsWith('--config='))?.slice('--config='.length);
}

/** The file that `--config`, `VICORE_CONFIG` or the user-data directory names, in this order. */
export async function configurationPath(options: Omit<LoadOptions, 'unseal'>): Promise<string> {
  const given = argumentOf(options.argv) ?? options.environment['VICORE_CONFIG'];
  if (!given) return path.join(options.userData, fileName);
  const file = path.resolve(given);
  const found = await stat(file).catch(() => undefined);
  return found?.isDirectory() ? path.join(file, fileName) : file;
}

/** Keys whose values are not shown: secrets, and misspelt ones. */
const isSecretKey = (key: string): boolean => /pass|pwd|token|secret|sealed|credential|key/i.test(key);

/** The user and password of an address that should have none. */
const withoutCredentials = (text: string): string => text.replace(/\/\/[^/@\s]*@/u, '//(hidden)@');

/** What stands in the file, as far as it may be shown: never the inside of a section, which may hold secrets. */
function shownValue(file: unknown, where: readonly PropertyKey[]): string {
  if (isSecretKey(where.join('.'))) return '(hidden)';
  let value: unknown = file;
  for (const step of where) {
    value =
      typeof value === 'object' && value !== null
        ? Object.getOwnPropertyDescriptor(value, step)?.value
        : undefined;
  }
  if (value === undefined) return '(missing)';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'a section';
  return withoutCredentials(JSON.stringify(value)).slice(0, 200);
}

/** Where the parser stopped; its message itself may quote the text, secrets included. */
function jsonFault(error: unknown): string {
  const found =
    error instanceof Error ? /at position \d+(?: \(line \d+ column \d+\))?/.exec(error.message) : null;
  return found ? `JSON; it is broken ${found[0]}` : 'JSON';
}

function check(file: unknown): { problems: ConfigurationProblem[] } | { configuration: ConfigurationFile } {
  const checked = configurationSchema.safeParse(file);
  if (checked.success) return { configuration: checked.data };
  const problems = checked.error.issues.flatMap((issue): ConfigurationProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        key: [...issue.path, key].join('.'),
        value: shownValue(file, [...issue.path, key]),
        expected: 'no such key: remove it or correct its spelling',
      }));
    }
    const key = issue.path.join('.') || '(the whole file)';
    return [
      {
        key,
        value: shownValue(file, issue.path),
        expected: issue.message.replace(/^Invalid input: expected /, ''),
      },
    ];
  });
  return { problems };
}

/** Reads, checks and completes the configuration. Problems name key, value and what is expected; never throws. */
export async function loadConfiguration(options: LoadOptions): Promise<LoadedConfiguration> {
  const file = await configurationPath(options);
  const invalid = (problems: readonly ConfigurationProblem[]): LoadedConfiguration => ({
    kind: 'invalid',
    path: file,
    problems,
  });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { kind: 'missing', path: file };
    return invalid([{ key: '(the whole file)', value: file, expected: `a readable file: ${String(error)}` }]);
  }
  if (text.length > largestFile) {
    return invalid([
      { key: '(the whole file)', value: `${text.length} characters`, expected: 'at most 1 MiB' },
    ]);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return invalid([{ key: '(the whole file)', value: '(not JSON)', expected: jsonFault(error) }]);
  }
  const checked = check(parsed);
  if ('problems' in checked) return invalid(checked.problems);
  return complete(checked.configuration, file, options);
}

async function complete(
  configuration: ConfigurationFile,
  file: string,
  options: LoadOptions,
): Promise<LoadedConfiguration> {
  const sources: SecretSources = {
    environment: options.environment,
    directory: path.dirname(file),
    unseal: options.unseal,
  };
  const problems: ConfigurationProblem[] = [];
  const warnings: string[] = [];
  const secretsFrom: Record<string, string> = {};
  const resolve = async (key: string, secret: Secret): Promise<string> => {
    const found = await resolveSecret(secret, sources);
    if (found.kind === 'unresolved') {
      problems.push({ key, value: found.value, expected: found.expected });
      return '';
    }
    secretsFrom[key] = originOf(secret);
    if (found.warning) warnings.push(`${key}: ${found.warning}`);
    return found.value;
  };
  const password = await resolve('postgres.password', configuration.postgres.password);
  const streams: { url: string; token: string }[] = [];
  for (const [index, { url, token }] of configuration.camera.streams.entries()) {
    const key = `camera.streams.${index}.token`;
    const resolved = options.cameraTokens === false ? '' : await resolve(key, token);
    if (/[^\x21-\x7e]/.test(resolved)) {
      problems.push({ key, value: '(hidden)', expected: 'visible ASCII characters without spaces' });
    }
    streams.push({ url, token: resolved });
  }
  if (problems.length > 0) return { kind: 'invalid', path: file, problems };
  return {
    kind: 'loaded',
    path: file,
    warnings,
    language: configuration.workstation.language,
    configuration: {
      ...configuration,
      postgres: { ...configuration.postgres, password },
      camera: { streams },
      secretsFrom,
    },
  };
}
