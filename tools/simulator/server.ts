import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { drawPicture } from './images/picture.ts';
import { readImageIdentity } from './images/image-id.ts';
import { htmlPage } from './invalid-messages.ts';
import { subProtocol } from './protocol.ts';
import type { CameraStream } from './stream.ts';

/** More requests under a prefix, behind the same token; true when it has answered. */
export type ExtraHandler = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

export interface CameraServer {
  port: number;
  urlOf(stream: CameraStream): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  host: string;
  /** 0 for any free one. */
  port: number;
  token: string;
  streams: readonly CameraStream[];
  handle?: ExtraHandler;
}

export const respond = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
};

const refuse = (socket: Duplex, status: number, reason: string, body = ''): void => {
  const head = `HTTP/1.1 ${status} ${reason}\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  socket.end(`${head}Connection: close\r\n\r\n${body}`);
};

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/';

const servePicture = (response: ServerResponse, path: string): void => {
  const content = readImageIdentity(path.slice('/images/'.length));
  if (content === undefined) {
    respond(response, 404, { error: 'no such image' });
    return;
  }
  const picture = drawPicture(content);
  response.writeHead(200, {
    'content-type': 'image/png',
    'content-length': picture.length,
    'cache-control': 'private, max-age=86400, immutable',
  });
  response.end(picture);
};

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

/** The camera system's side of the protocol: one WebSocket path a stream, and the images on the same port. */
export const startServer = async (options: ServerOptions): Promise<CameraServer> => {
  const { host, token, streams, handle } = options;
  const allowed = (request: IncomingMessage): boolean => request.headers.authorization === `Bearer ${token}`;
  const server = createServer((request, response) => {
    const path = pathOf(request);
    if (!allowed(request)) {
      response.setHeader('www-authenticate', 'Bearer');
      respond(response, 401, { error: 'a bearer token is needed' });
    } else if (path.startsWith('/images/') && request.method === 'GET') servePicture(response, path);
    else if (handle === undefined || !handle(request, response, path))
      respond(response, 404, { error: 'not found' });
  });
  // Compression is agreed to when a client offers it, and used by the `inflating` fault alone.
  const sockets = new WebSocketServer({
    noServer: true,
    autoPong: false,
    maxPayload: 64 * 1024,
    perMessageDeflate: { threshold: Number.MAX_SAFE_INTEGER },
    handleProtocols: (offered) => (offered.has(subProtocol) ? subProtocol : false),
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A reset while the upgrade is refused has nobody else to go to.
    socket.on('error', () => socket.destroy());
    const stream = streams.find(({ key }) => pathOf(request) === `/${key}`);
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (stream === undefined) refuse(socket, 404, 'Not Found');
    else if (!allowed(request)) refuse(socket, 401, 'Unauthorized');
    else if (Date.now() < stream.refusedUntil) refuse(socket, stream.refusalStatus, 'Refused');
    else if (stream.htmlUpgrades > 0) {
      stream.htmlUpgrades -= 1;
      refuse(socket, 200, 'OK', htmlPage);
    } else if (!offered.includes(subProtocol)) refuse(socket, 400, 'Bad Request', 'sub-protocol missing');
    else
      sockets.handleUpgrade(request, socket, head, (webSocket) => stream.accept(webSocket, socket, request));
  });
  const port = await listen(server, host, options.port);
  return {
    port,
    urlOf: ({ key }) => `ws://${host}:${port}/${key}`,
    stop: () =>
      new Promise((resolve) => {
        for (const stream of streams) stream.stop();
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
