import type { ConnectionTest } from '../../contract/results.ts';
import { discover } from './discover.ts';
import { problemOf } from './problems.ts';
import { createTransport } from './transport.ts';

const patienceMs = 8_000;

/** Asks an issuer for what it says of itself: what the set-up shows for sign-in. Never rejects. */
export async function tryIssuer(login: {
  readonly issuer: string;
  readonly clientId: string;
}): Promise<ConnectionTest> {
  const transport = createTransport({ signal: new AbortController().signal, patienceMs });
  try {
    const configuration = await discover(login, transport);
    const metadata = configuration.serverMetadata();
    if (metadata.authorization_endpoint === undefined || metadata.token_endpoint === undefined) {
      return { reachable: false, message: `${login.issuer} answers, but does not say where to sign in.` };
    }
    const notes = [
      `Found ${metadata.issuer}.`,
      metadata.revocation_endpoint === undefined ? 'It cannot revoke sessions at sign-out.' : '',
      `The client ${login.clientId} needs the redirect address http://127.0.0.1/callback there, with any port.`,
    ];
    return { reachable: true, message: notes.filter(Boolean).join(' ') };
  } catch (error) {
    const context = { issuer: login.issuer, skewMs: transport.skewMs(), phase: 'discovery' } as const;
    return { reachable: false, message: problemOf(error, context).message };
  }
}
