import type { Configuration } from './schema.ts';

/**
 * The configuration as it may be shown and kept: every secret replaced by where it comes from. Named key by key, so
 * that a secret that is added later is left out until somebody writes here what of it may be seen.
 */
export function seenConfiguration(configuration: Configuration): unknown {
  const { workstation, postgres, camera, login, cache, alerts, updates, metrics } = configuration;
  const origin = (key: string): string => configuration.secretsFrom?.[key] ?? 'unknown';
  const { hosts, database, user, tls } = postgres;
  return {
    workstation,
    postgres: { hosts, database, user, password: origin('postgres.password'), tls },
    camera: {
      streams: camera.streams.map(({ url }, index) => ({
        url,
        token: origin(`camera.streams.${index}.token`),
      })),
    },
    login: login && { ...login, issuer: withoutCredentials(login.issuer) },
    cache,
    alerts,
    updates: updates && { ...updates, url: withoutCredentials(updates.url) },
    metrics,
  };
}

/** An address may hold what nobody should see: user, password, a token in the query. */
function withoutCredentials(text: string): string {
  if (!URL.canParse(text)) return '(no address)';
  const url = new URL(text);
  return `${url.protocol}//${url.host}${url.pathname}`;
}
