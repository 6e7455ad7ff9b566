import { generateKeyPair, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import Provider from 'oidc-provider';
import type { JWK, KoaContextWithOIDC } from 'oidc-provider';
import type { Role } from '../../contract/domain.ts';
import { clientId, providerConfiguration } from './configuration.ts';
import { answerInteraction } from './interaction.ts';
import { demoPeople, demoRoles } from './people.ts';
import type { DemoPerson } from './people.ts';
import { createStorage } from './storage.ts';

interface IdentityProviderOptions {
  /** Default: one of each role. */
  readonly people?: readonly DemoPerson[];
  /** How long an access token is valid (3600). */
  readonly accessTokenSeconds?: number;
  /** 0, the default: any that is free. */
  readonly port?: number;
}

/** The configuration's `login` section that leads to this provider. */
interface LoginConfiguration {
  readonly issuer: string;
  readonly clientId: string;
  readonly roleClaim: string;
  readonly roles: Readonly<Record<string, Role>>;
}

interface SeenRequest {
  /** ms since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** Of a request for tokens: `authorization_code` or `refresh_token`. */
  readonly grantType?: string | undefined;
}

export interface IdentityProvider {
  readonly issuer: string;
  readonly port: number;
  readonly login: LoginConfiguration;
  readonly people: readonly DemoPerson[];
  /** Every answer given, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Every code and token that was given out: what no log may contain. */
  readonly secrets: readonly string[];
  /** Nobody answers at the address any more. Does nothing when stopped already. */
  stop(): Promise<void>;
  /** Answers again: same port, same keys, and what was granted still stands. */
  start(): Promise<void>;
  /** From the next token on. */
  setRoles(subject: string, roles: readonly string[]): void;
  /** Forgets the person's sessions, grants and tokens: the next refresh is refused with `invalid_grant`. */
  revokeAll(subject: string): void;
  /** Signs with a new key; the old one stays published unless `forgetOld`. */
  rotateKeys(forgetOld?: boolean): Promise<void>;
  /** For tokens given from now on. */
  setAccessTokenSeconds(seconds: number): void;
}

async function signingKey(): Promise<JWK> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const { kty, n, e, d, p, q, dp, dq, qi } = privateKey.export({ format: 'jwk' });
  return { kty, n, e, d, p, q, dp, dq, qi, alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') };
}

const secretFields = ['access_token', 'refresh_token', 'id_token'] as const;

/**
 * The certified `oidc-provider` for the demonstration and the tests, on 127.0.0.1 and in memory. Nobody is asked for
 * a password: whoever reaches its page may be anybody.
 */
export async function startIdentityProvider(
  options: IdentityProviderOptions = {},
): Promise<IdentityProvider> {
  let people = options.people ?? demoPeople;
  let accessTokenSeconds = options.accessTokenSeconds ?? 3600;
  const storage = createStorage();
  const cookieKey = randomBytes(24).toString('base64url');
  const requests: SeenRequest[] = [];
  const secrets: string[] = [];
  const grantTypes = new WeakMap<IncomingMessage, string>();
  let keys = [await signingKey()];

  function createProvider(issuer: string): Provider {
    const provider = new Provider(
      issuer,
      providerConfiguration({
        keys,
        cookieKey,
        storage,
        accessTokenSeconds: () => accessTokenSeconds,
        findPerson: (subject) => people.find((person) => person.subject === subject),
      }),
    );
    provider.on('authorization_code.saved', ({ jti }) => secrets.push(jti));
    const noteGrantType = (ctx: KoaContextWithOIDC): void => {
      const grantType = ctx.oidc.params?.['grant_type'];
      if (typeof grantType === 'string') grantTypes.set(ctx.req, grantType);
    };
    provider.on('grant.error', noteGrantType);
    provider.on('grant.success', (ctx) => {
      noteGrantType(ctx);
      const given = ctx.body as Partial<Record<(typeof secretFields)[number], string>>;
      secrets.push(...secretFields.flatMap((field) => given[field] ?? []));
    });
    return provider;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', issuer);
    response.once('finish', () => {
      requests.push({
        at: Date.now(),
        method: request.method ?? '',
        path: pathname,
        status: response.statusCode,
        grantType: grantTypes.get(request),
      });
    });
    if (pathname.startsWith('/interaction/')) await answerInteraction(provider, people, request, response);
    else await provider.callback()(request, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // An interaction that ended or was never there: the person reloaded an old page.
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(String(error));
    });
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  let provider = createProvider(issuer);

  return {
    issuer,
    port,
    login: { issuer, clientId, roleClaim: 'roles', roles: demoRoles },
    get people() {
      return people;
    },
    requests,
    secrets,
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async start() {
      if (!server.listening) await listen(port);
    },
    setRoles(subject, roles) {
      people = people.map((person) => (person.subject === subject ? { ...person, roles } : person));
    },
    revokeAll: (subject) => storage.forgetAccount(subject),
    async rotateKeys(forgetOld = false) {
      keys = [await signingKey(), ...(forgetOld ? [] : keys)];
      provider = createProvider(issuer);
    },
    setAccessTokenSeconds(seconds) {
      accessTokenSeconds = seconds;
    },
  };
}
