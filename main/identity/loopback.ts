import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerHeaders, answerPage } from './answer-page.ts';

/** Part of the address that is registered at the provider. */
const callbackPath = '/callback';

/** The address to which the provider sends the browser back (RFC 8252 §7.3). */
export interface Loopback {
  readonly redirectUri: string;
  /** The first request to it, and the only one that counts; never rejects. */
  readonly request: Promise<URL>;
  /** Nothing listens any more afterwards. May be called twice. */
  close(): void;
}

function plainly(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(text);
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The address and not the name `localhost`, which another program could answer for (RFC 8252 §8.3).
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address);
      else reject(new Error('no address'));
    });
  });
}

/**
 * Binds before any page opens, so that no other program can take the port meanwhile.
 * @param port 0: a free one
 * @throws when it cannot listen
 */
export async function openLoopback(port = 0): Promise<Loopback> {
  let accepted = false;
  let host = '';
  let accept: (url: URL) => void = () => undefined;
  const request = new Promise<URL>((resolve) => {
    accept = resolve;
  });

  function answer(incoming: IncomingMessage, response: ServerResponse): void {
    // Another name that leads here is a page that was made to look local (DNS rebinding).
    if (incoming.headers.host !== host) return plainly(response, 421, 'Not here.\n');
    const target = incoming.url ?? '';
    const url = URL.canParse(target, `http://${host}`) ? new URL(target, `http://${host}`) : undefined;
    if (incoming.method !== 'GET' || url?.host !== host || url.pathname !== callbackPath) {
      return plainly(response, 404, 'Nothing here.\n');
    }
    if (accepted) return plainly(response, 410, 'This sign-in has been answered already.\n');
    accepted = true;
    response.writeHead(200, answerHeaders);
    response.end(answerPage);
    // Also when the browser goes away before it has read everything.
    response.once('close', () => accept(url));
  }

  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, answer);
  server.maxConnections = 16;
  const bound = await listen(server, port);
  host = `127.0.0.1:${bound.port}`;
  return {
    redirectUri: `http://${host}${callbackPath}`,
    request,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
