/** Hosts that are this machine: nothing that is sent there in the clear leaves it (RFC 8252 §7.3 and §8.3). */
const loopback: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

const parse = (address: string): URL | undefined => (URL.canParse(address) ? new URL(address) : undefined);

const isLoopback = (url: URL | undefined): url is URL =>
  url?.protocol === 'http:' && loopback.includes(url.hostname);

/** Names and passwords in an address are for deceiving people about its host. */
const isEncrypted = (url: URL | undefined): boolean =>
  url?.protocol === 'https:' && url.username === '' && url.password === '';

/** Whether the identity provider's page may be opened: encrypted, or on this machine. */
export function maySignInAt(address: string): boolean {
  const url = parse(address);
  return isEncrypted(url) || isLoopback(url);
}

/**
 * Where the sign-in that begins at `start` may lead: any encrypted page (companies send people from one provider on
 * to another), and in the clear to nothing but where it began, if that is this machine, and where its answer is
 * awaited, the loopback address of the request.
 */
export function signInWay(start: string): (address: string) => boolean {
  const begin = parse(start);
  const answer = parse(begin?.searchParams.get('redirect_uri') ?? '');
  const own = [begin, answer].filter(isLoopback).map(({ origin }) => origin);
  return (address) => {
    const url = parse(address);
    return isEncrypted(url) || (isLoopback(url) && own.includes(url.origin));
  };
}

/** What may be shown and logged of an address: its query can hold what only the provider and main should know. */
export function withoutQuery(address: string): string {
  const url = parse(address);
  if (!url) return 'not an address';
  const { protocol, host, pathname } = url;
  return (host === '' ? protocol : `${protocol}//${host}${pathname}`).slice(0, 200);
}
