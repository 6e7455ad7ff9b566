import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Secret } from './schema.ts';

export type ResolvedSecret =
  | { readonly kind: 'resolved'; readonly value: string; readonly warning?: string | undefined }
  | { readonly kind: 'unresolved'; readonly value: string; readonly expected: string };

export interface SecretSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative paths count from here: the directory of the configuration. */
  readonly directory: string;
  /** Opens what the set-up sealed with the operating system's key store; absent where there is none. */
  readonly unseal?: ((sealed: string) => string) | undefined;
}

const unresolved = (value: string, expected: string): ResolvedSecret => ({
  kind: 'unresolved',
  value,
  expected,
});

/** Where a secret comes from, for the log and the audit; never the secret. */
export function originOf(secret: Secret): string {
  if (typeof secret === 'string') return 'plain text';
  if ('env' in secret) return `env ${secret.env}`;
  return 'file' in secret ? `file ${secret.file}` : 'sealed';
}

/** Finds a secret where the configuration says it is. The answer's `value` of an unresolved one never is the secret. */
export async function resolveSecret(secret: Secret, sources: SecretSources): Promise<ResolvedSecret> {
  if (typeof secret === 'string') {
    return { kind: 'resolved', value: secret, warning: 'the secret stands in the file in plain text' };
  }
  if ('env' in secret) {
    const value = sources.environment[secret.env];
    if (value) return { kind: 'resolved', value };
    return unresolved(`{ "env": "${secret.env}" }`, `the environment variable ${secret.env} to be set`);
  }
  if ('file' in secret) {
    const file = path.resolve(sources.directory, secret.file);
    try {
      const value = (await readFile(file, 'utf8')).trim();
      if (value) return { kind: 'resolved', value };
      return unresolved(`{ "file": "${secret.file}" }`, `a secret in ${file}, which is empty`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return unresolved(`{ "file": "${secret.file}" }`, `a readable file: ${reason}`);
    }
  }
  if (!sources.unseal) {
    return unresolved(
      '{ "sealed": … }',
      "this program to have the operating system's key store; use env or file",
    );
  }
  try {
    return { kind: 'resolved', value: sources.unseal(secret.sealed) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unresolved('{ "sealed": … }', `a secret sealed by this user on this machine: ${reason}`);
  }
}
