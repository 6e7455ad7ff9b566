/*
 * The second line of defence: nothing that may be secret is handed to the log in the first place. What slips
 * through, such as an error of a library that carries the answer of a server, is taken out here.
 */

const removed = '[removed]';

/** Whatever has such a name is never logged. */
const secretName =
  /token|secret|passw(or)?d|passphrase|authori[sz]ation|cookie|credential|assertion|verifier|jwt|api.?key|private.?key|sealed|^auth$/i;

/** Names of secrets of a sign-in that also name harmless short things: an error's code, the state of a link. */
const secretWhenLong = /^(code|state|nonce|challenge|codeChallenge|code_challenge|sid)$/i;
const longestHarmless = 32;

/** How deep into a thing a line goes, and how much it holds in all: a socket is no reason for a megabyte. */
const deepest = 6;
const most = 1_000;

/** Secrets by their look, wherever they stand; each first group stays. */
const looks: readonly RegExp[] = [
  // A JSON Web Token, whole or cut off (RFC 7519 §3).
  /()\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g,
  // RFC 6750 §2.1, RFC 7617.
  /\b((?:bearer|basic|dpop)\s+)[\w~+/.=-]{8,}/gi,
  // In an address or a form.
  /([?&#;]|\b)((?:access_token|refresh_token|id_token|id_token_hint|token|code_verifier|client_secret|client_assertion|password|assertion)=)[^&\s"'<>\\]+/gi,
  /([?&#])((?:code|state|nonce|session_state|code_challenge)=)[^&\s"'<>\\]+/gi,
  // A key store's or a connection's password in an address.
  /([a-z][\w+.-]*:\/\/[^\s/:@"\\]*:)[^\s/@"\\]+(?=@)/gi,
];

/** The text without what looks like a secret. */
export function redactText(text: string): string {
  return looks.reduce(
    (result, look) =>
      result.replace(look, (_whole, ...groups: unknown[]) => {
        const kept = groups.filter((group, index) => index < 2 && typeof group === 'string').join('');
        return `${kept}${removed}`;
      }),
    text,
  );
}

const isSecret = (name: string, value: unknown): boolean =>
  secretName.test(name)
    ? // That there is one, or how many, is no secret.
      typeof value !== 'boolean' && typeof value !== 'number' && value !== undefined && value !== null
    : secretWhenLong.test(name) && typeof value === 'string' && value.length > longestHarmless;

/**
 * A copy of a line's fields without secrets, as plain data: without values whose name says that they are secret, and
 * without whatever looks like one. Errors keep their kind, message, stack, code and cause.
 */
export function redactFields(fields: object): Record<string, unknown> {
  let left = most;

  const redact = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (depth > deepest || left <= 0) return '[more]';
    if (value instanceof Error) return ofError(value, depth);
    if (Array.isArray(value)) return value.slice(0, left).map((each) => redact(each, depth + 1));
    return ofFields(value, depth);
  };

  const ofFields = (value: object, depth: number): Record<string, unknown> => {
    const entries = Object.entries(value).slice(0, left);
    left -= entries.length;
    return Object.fromEntries(
      entries.map(([name, each]) => [name, isSecret(name, each) ? removed : redact(each, depth + 1)]),
    );
  };

  const ofError = (error: Error, depth: number): Record<string, unknown> => {
    const { name, message, stack, cause } = error;
    return {
      ...ofFields(error, depth),
      type: name,
      message: redactText(message),
      stack: stack === undefined ? undefined : redactText(stack),
      ...(error instanceof AggregateError && { errors: redact(error.errors, depth + 1) }),
      ...(cause !== undefined && { cause: redact(cause, depth + 1) }),
    };
  };

  return ofFields(fields, 0);
}
