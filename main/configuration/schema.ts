import { z } from 'zod';
import type { SettingKey } from '../../contract/domain.ts';
import { settings } from '../../contract/settings.ts';
import { isTimeZone } from './time-zone.ts';

/** `{ env }`, `{ file }`, `{ sealed }` or, with a warning, the secret itself. */
const secret = z.union(
  [
    z.string().min(1),
    z.strictObject({ env: z.string().min(1) }),
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({ sealed: z.string().min(1) }),
  ],
  { error: '{ "env": NAME }, { "file": PATH } or { "sealed": … }' },
);

const address = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:/@[\]]+)(:\d{1,5})?$/, { error: 'a host, or host:port' })
  .refine((text) => Number(/:(\d+)$/.exec(text)?.[1] ?? 1) <= 65_535, { error: 'a port up to 65535' });

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/**
 * A camera address carries no credentials (they would be shown with it) and no fragment (RFC 6455 §3); each only
 * once, because a link and its health are known by their address.
 */
const streams = z
  .array(
    z.strictObject({
      url: url(['ws:', 'wss:']).refine(
        (text) => {
          if (!URL.canParse(text)) return true;
          const { username, password, hash } = new URL(text);
          return username === '' && password === '' && hash === '';
        },
        { error: 'an address without user, password and #fragment' },
      ),
      token: secret,
    }),
  )
  .min(1)
  .max(16)
  .refine((list) => new Set(list.map((stream) => stream.url)).size === list.length, {
    error: 'each stream once',
  });

const settingOf = (key: SettingKey) => z.int().min(settings[key].least).max(settings[key].most);

const role = z.enum(['viewer', 'operator', 'supervisor', 'admin']);

/** `vicore.config.json`, docs/configuration.md. Strict: a key that is not known is a mistake, not a wish. */
export const configurationSchema = z.strictObject({
  workstation: z.strictObject({
    name: z.string().min(1).max(64),
    language: z.enum(['en', 'fr']).default('en'),
    timeZone: z
      .string()
      .refine(isTimeZone, { error: 'a time zone such as "Europe/London"' })
      .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  }),
  postgres: z.strictObject({
    hosts: z.array(address).min(1).max(8),
    database: z.string().min(1).max(63),
    user: z.string().min(1).max(63),
    password: secret,
    tls: z.enum(['disable', 'require', 'verify-full']).default('verify-full'),
  }),
  camera: z.strictObject({
    streams,
  }),
  login: z
    .strictObject({
      issuer: url(['https:', 'http:']),
      clientId: z.string().min(1),
      /** AD FS wants `allatclaims` in it, or its tokens carry no roles. */
      scope: z
        .string()
        .refine((text) => text.split(' ').includes('openid'), { error: 'scopes, `openid` among them' })
        .default('openid profile email offline_access'),
      roleClaim: z.string().min(1).default('roles'),
      roles: z.record(z.string(), role),
      browser: z.enum(['system', 'window']).default('system'),
      offlineGraceHours: z.number().min(0).max(168).default(12),
    })
    .optional(),
  // Without a default: what the file does not state is a shared setting (contract/settings.ts).
  cache: z.strictObject({ days: settingOf('cache.days').optional() }).prefault({}),
  alerts: z
    .strictObject({ escalateAfterSeconds: settingOf('alerts.escalateAfterSeconds').optional() })
    .prefault({}),
  updates: z.strictObject({ url: url(['https:']), channel: z.string().min(1).default('latest') }).optional(),
  metrics: z.strictObject({ port: z.int().min(0).max(65_535).default(0) }).prefault({}),
});

/** As written in the file, with defaults. */
export type ConfigurationFile = z.output<typeof configurationSchema>;
export type Secret = z.output<typeof secret>;

/** As the core uses it: every secret resolved. Never logged. */
export interface Configuration extends Omit<ConfigurationFile, 'postgres' | 'camera'> {
  readonly postgres: Omit<ConfigurationFile['postgres'], 'password'> & { readonly password: string };
  readonly camera: { readonly streams: readonly { readonly url: string; readonly token: string }[] };
  /** Where each secret was found, by its key such as `camera.streams.0.token`: never the secret. */
  readonly secretsFrom?: Readonly<Record<string, string>> | undefined;
}
