/** What is known of a failure beside its text: the driver's SQLSTATE, Node's or OpenSSL's error code. */
export function failureCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const explanations: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be resolved',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no route to the host',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet (or the clock is wrong)',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, not by a trusted authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that this machine does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is signed by an authority that this machine does not trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is signed by an authority that this machine does not trust',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  '28P01': 'user or password is wrong',
  '28000': 'this user may not connect',
  '3D000': 'there is no such database',
  '53300': 'the database has no connection left',
  '57P03': 'the database is starting or stopping',
};

/** One line for people: what is wrong, in words where we know them. */
export function describeFailure(error: unknown): string {
  const code = failureCode(error);
  const known = code === undefined ? undefined : explanations[code];
  if (known !== undefined) return `${known} (${code})`;
  const message = error instanceof Error ? error.message || error.name : String(error);
  if (message.includes('does not support SSL'))
    return 'it does not offer TLS, which the configuration requires';
  if (error instanceof AggregateError) return error.errors.map(describeFailure).join(', ');
  return message;
}

/** A statement that may well succeed when it is tried again: deadlock, serialization, lock or statement time-out. */
export const isPassing = (error: unknown): boolean =>
  ['40001', '40P01', '55P03', '57014'].includes(failureCode(error) ?? '');

/**
 * What was sent cannot be stored, whoever sends it and however often: bad data, violated constraints, refusals of
 * the schema's own guards. Everything else is the database's or the link's trouble.
 */
export const isPoison = (error: unknown): boolean => /^(22|23|54|VC|P0)...$/.test(failureCode(error) ?? '');

/** The database complained and the link is sound: a SQLSTATE, but not of a connection that ends or has no room. */
export const isComplaint = (error: unknown): boolean =>
  /^(?!08|53|57P)[0-9FHPVX][0-9A-Z]{4}$/.test(failureCode(error) ?? '');
