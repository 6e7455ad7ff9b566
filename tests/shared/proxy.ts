import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const pieceBytes = 1_400;

/** What the line between the two ends is like. */
export interface Line {
  /** ms that a piece takes from one end to the other, each way. */
  readonly delayMs: number;
  /** Of each direction, over all connections together; absent: as fast as it goes. */
  readonly bytesPerSecond?: number;
}

export interface Proxy {
  /** `host:port` */
  readonly address: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** For what is sent from now on. */
  setLine(line: Line): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly port: number;
  /** Where it listens; default 127.0.0.1, a free port. */
  readonly listen?: { readonly host: string; readonly port: number };
}

/** Resolves when a piece of so many bytes has left, ms that it is still on its way. */
type Send = (bytes: number) => Promise<number>;

/** Pieces in one direction leave one after the other, whichever connection they are of. */
function createDirection(line: () => Line): Send {
  let freeAt = 0;
  return async (bytes) => {
    const { delayMs, bytesPerSecond } = line();
    const now = performance.now();
    freeAt = Math.max(now, freeAt) + (bytesPerSecond === undefined ? 0 : (bytes / bytesPerSecond) * 1_000);
    if (freeAt - now >= 1) await delay(freeAt - now);
    return delayMs;
  };
}

/** Forwards to a port of this machine over a line that can be made slow and thin. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  let line: Line = { delayMs: 0 };
  const there = createDirection(() => line);
  const back = createDirection(() => line);
  const sockets = new Set<Socket>();
  let accepted = 0;

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Resets are what a network does.
    socket.on('error', () => undefined);
  }

  /** The next piece is taken when the one before it has left, so that connections share the line evenly. */
  async function carry(from: Socket, to: Socket, send: Send): Promise<void> {
    let way = 0;
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        for (let start = 0; start < chunk.length; start += pieceBytes) {
          const piece = chunk.subarray(start, start + pieceBytes);
          way = await send(piece.length);
          setTimeout(() => to.writable && to.write(piece), way);
        }
      }
    } catch {
      // Cut off: what was on its way still arrives.
    }
    setTimeout(() => to.destroy(), way);
  }

  const server = createServer((socket) => {
    accepted += 1;
    keep(socket);
    const upstream = new Socket();
    keep(upstream);
    upstream.connect(options.port, '127.0.0.1');
    void carry(socket, upstream, there);
    void carry(upstream, socket, back);
  });
  const { host, port } = options.listen ?? { host: '127.0.0.1', port: 0 };
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `${host}:${address.port}`,
    port: address.port,
    get accepted() {
      return accepted;
    },
    setLine(next) {
      line = next;
    },
    async close() {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
