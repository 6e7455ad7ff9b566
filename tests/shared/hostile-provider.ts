import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { demoRoles } from '../../tools/identity/people.ts';

type Answer = (response: ServerResponse) => void | Promise<void>;

/** What this provider does other than a right one; everything absent is as it should be. */
export interface Hostility {
  /** Answers a path in its own way, such as with a page, an error or nothing at all. */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** Of what it says of itself. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Of the address to which it sends the browser back. */
  readonly reply?: (parameters: URLSearchParams) => void;
  /** Of the ID token; a claim set to undefined is left out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly signature?: 'none' | 'unknown-key' | 'wrong-key' | 'broken';
  /** Of the answer of the token endpoint. */
  readonly token?: Readonly<Record<string, unknown>>;
  /** Its clock minus ours, s: in tokens and in the Date header. */
  readonly clockS?: number;
  readonly userInfo?: Readonly<Record<string, unknown>>;
}

export const asPage: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please accept our terms of use</h1>');
};
export const asError: Answer = (response) => {
  response.writeHead(500, { 'content-type': 'text/plain' }).end('oops');
};
/** Accepts the question and never says a word (fault 4). */
export const asSilence: Answer = () => undefined;
/** Never stops talking. */
export const asFlood: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const portion = `"${'x'.repeat(65_536)}",`;
  response.write('[');
  const go = (): void => {
    while (!response.destroyed && response.write(portion));
    if (!response.destroyed) response.once('drain', go);
  };
  go();
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function newKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

const json = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

/** A provider that speaks the protocol right, but for what `behave` sets: for what a workstation must refuse. */
export async function startHostileProvider() {
  const [key, other] = await Promise.all([newKey('right'), newKey('other')]);
  let hostility: Hostility = {};
  let nonce = '';
  let serial = 0;
  let issuer = '';
  /** Every code and token given out, and what else must be in no log. */
  const secrets: string[] = [];

  async function sign(payload: Record<string, unknown>): Promise<string> {
    const claims = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
    switch (hostility.signature) {
      case 'none':
        return new UnsecuredJWT(claims).encode();
      case 'broken':
        return `${encode({ alg: 'RS256', kid: key.kid })}.${encode(claims)}.${'A'.repeat(342)}`;
      case 'unknown-key':
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'RS256', kid: other.kid })
          .sign(other.privateKey);
      case 'wrong-key':
        return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(other.privateKey);
      case undefined:
        return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(key.privateKey);
    }
  }

  async function answerToken(response: ServerResponse): Promise<void> {
    serial += 1;
    const nowS = Math.floor(Date.now() / 1000) + (hostility.clockS ?? 0);
    const idToken = await sign({
      iss: issuer,
      aud: 'vicore-desktop',
      sub: 'alan',
      name: 'Alan Martin',
      roles: ['vicore-operator'],
      iat: nowS,
      exp: nowS + 3600,
      nonce,
      ...hostility.claims,
    });
    const answer: Record<string, unknown> = {
      access_token: `access-token-${serial}-secret`,
      refresh_token: `refresh-token-${serial}-secret`,
      token_type: 'Bearer',
      expires_in: 3600,
      id_token: idToken,
      ...hostility.token,
    };
    for (const value of [answer['access_token'], answer['refresh_token'], answer['id_token']]) {
      if (typeof value === 'string') secrets.push(value);
    }
    json(response, answer);
  }

  function answerAuthorize(url: URL, response: ServerResponse): void {
    const asked = (name: string): string => {
      const value = url.searchParams.get(name);
      if (!value) throw new Error(`${name} is missing in what the browser was sent with`);
      return value;
    };
    serial += 1;
    const code = `code-${serial}-secret`;
    nonce = asked('nonce');
    secrets.push(code, nonce, asked('state'), asked('code_challenge'));
    const back = new URL(asked('redirect_uri'));
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked('state'));
    back.searchParams.set('iss', issuer);
    hostility.reply?.(back.searchParams);
    response.writeHead(303, { location: back.href }).end();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    response.setHeader('date', new Date(Date.now() + (hostility.clockS ?? 0) * 1000).toUTCString());
    const form = await text(request);
    const { verifier } = /code_verifier=(?<verifier>[^&]+)/.exec(form)?.groups ?? {};
    if (verifier !== undefined) secrets.push(verifier);
    const own = hostility.answers?.[url.pathname];
    if (own) return own(response);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          userinfo_endpoint: `${issuer}/userinfo`,
          revocation_endpoint: `${issuer}/revoke`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          authorization_response_iss_parameter_supported: true,
          ...hostility.metadata,
        });
      case '/authorize':
        return answerAuthorize(url, response);
      case '/token':
        return answerToken(response);
      case '/jwks':
        return json(response, { keys: [key.jwk] });
      case '/userinfo':
        return json(response, { sub: 'alan', ...hostility.userInfo });
      case '/revoke':
        response.writeHead(200).end();
        return undefined;
      default:
        response.writeHead(404).end();
        return undefined;
    }
  }

  const faults: unknown[] = [];
  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      faults.push(error);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  issuer = `http://127.0.0.1:${port}`;

  return {
    issuer,
    login: { issuer, clientId: 'vicore-desktop', roleClaim: 'roles', roles: demoRoles },
    secrets,
    faults,
    behave(next: Hostility): void {
      hostility = next;
      secrets.length = 0;
    },
    async stop(): Promise<void> {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export type HostileProvider = Awaited<ReturnType<typeof startHostileProvider>>;
