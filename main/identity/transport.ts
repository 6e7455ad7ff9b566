import type { CustomFetch } from 'openid-client';

/** The provider could not be reached, did not answer in time, or said itself that it is out of order. */
export class ProviderAway extends Error {}

/** Something answered that is not the provider, or not as one can trust it. */
export class ProviderInvalid extends Error {}

export interface Transport {
  readonly fetch: CustomFetch;
  /** The provider's clock minus ours when it last answered, ms; absent: it never said. RFC 9110 §6.6.1: whole seconds. */
  skewMs(): number | undefined;
  /** Whether a token was asked for: what fails before is the fault of the answer in the browser. */
  tokenAsked(): boolean;
}

/** A provider's answers are a few KB; one that never ends must not fill the memory. */
const mostBytes = 1_048_576;

const certificateFault = /CERT|TLS|SSL|SIGNATURE|ISSUER/;

/** Of the system's error codes, those that people can do something about. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refused the connection',
  ECONNRESET: 'it closed the connection',
  ENOTFOUND: 'its name is not known to the network',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'the network has no way to it',
  ENETUNREACH: 'there is no network',
  ETIMEDOUT: 'it did not answer',
  UND_ERR_SOCKET: 'it closed the connection',
};

const closedOnUs = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return '';
}

function networkFault(error: unknown, patienceMs: number): Error {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new ProviderAway(`it did not answer within ${patienceMs / 1000} s`);
  }
  const code = codeOf(error);
  if (code.startsWith('HPE_')) return new ProviderInvalid('what answers does not speak HTTP');
  if (certificateFault.test(code)) return new ProviderInvalid(`its certificate is not accepted (${code})`);
  return new ProviderAway(reasons[code] ?? `the connection failed${code && ` (${code})`}`);
}

async function readBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > mostBytes) throw new ProviderInvalid('its answer is too large');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function refreshTokenIn(body: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof value !== 'object' || value === null || !('refresh_token' in value)) return undefined;
    return typeof value.refresh_token === 'string' ? value.refresh_token : undefined;
  } catch {
    // Not JSON: the library finds that out too, and says so.
    return undefined;
  }
}

/**
 * How the library reaches the provider: bounded in time and size, and every failure told apart by its kind. It
 * follows no redirection. Nothing of an answer is in an error's text.
 */
export function createTransport(options: {
  /** Ends whatever is under way. */
  readonly signal: AbortSignal;
  /** For each request. */
  readonly patienceMs: number;
  /** Awaited with the refresh token of an answer before anybody looks at the rest of it (RFC 9700 §4.14.2). */
  readonly onRefreshToken?: ((refreshToken: string) => Promise<void>) | undefined;
}): Transport {
  const { signal, patienceMs, onRefreshToken } = options;
  let skew: number | undefined;
  let asked = false;

  /** A connection that was kept open may be dead by now: what changes nothing there is asked once more. */
  async function ask(url: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(url, request);
    } catch (error) {
      if (request.method !== 'GET' || !closedOnUs.has(codeOf(error))) throw error;
      return fetch(url, request);
    }
  }

  return {
    async fetch(url, { body, method, headers, redirect }) {
      // The library sends forms and nothing else.
      const form = body instanceof URLSearchParams ? body : undefined;
      const forToken = form?.has('grant_type') === true;
      asked ||= forToken;
      const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
      let response: Response;
      let bytes: Uint8Array<ArrayBuffer>;
      try {
        const request: RequestInit = { method, headers, redirect, signal: patience };
        if (form) request.body = form;
        response = await ask(url, request);
        const date = Date.parse(response.headers.get('date') ?? '');
        if (Number.isFinite(date)) skew = date - Date.now();
        bytes = await readBody(response);
      } catch (error) {
        throw error instanceof ProviderInvalid ? error : networkFault(error, patienceMs);
      }
      const { status } = response;
      if (status >= 500 || status === 429) throw new ProviderAway(`it answered with HTTP ${status}`);
      const refreshToken = forToken && status === 200 ? refreshTokenIn(bytes) : undefined;
      if (refreshToken !== undefined) await onRefreshToken?.(refreshToken);
      return new Response(bytes.length === 0 ? null : bytes, { status, headers: response.headers });
    },
    skewMs: () => skew,
    tokenAsked: () => asked,
  };
}
