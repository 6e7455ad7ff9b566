import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

interface CameraConnection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** The bare connection, for what no well-behaved server sends. */
  readonly raw: Socket;
  /** `fromSeq` of every subscribe, in order. */
  readonly subscribes: (number | null)[];
  readonly acks: { readonly seq: number; readonly at: number }[];
  send(message: object | string): void;
}

export interface CameraServerOptions {
  readonly streamId?: string;
  readonly token?: string;
  /** In place of the hello that suits the events. */
  readonly hello?: (connection: CameraConnection) => object | string | undefined;
  /** In place of sending every event from `fromSeq` on. */
  readonly onSubscribe?: (connection: CameraConnection, fromSeq: number) => void;
  readonly onImage?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers the upgrade with this status and an HTML page. */
  readonly status?: number;
  readonly autoPong?: boolean;
}

export interface CameraServer {
  readonly url: string;
  /** Index `seq - 1`; replace or push before or while clients are connected. */
  readonly events: (object | string)[];
  readonly connections: CameraConnection[];
  oldestSeq: number;
  streamId: string;
  heartbeat(status?: 'ok' | 'degraded' | 'offline', at?: string): void;
  push(event: object | string): void;
  close(): Promise<void>;
}

const passId = '0b9f1c1e-0000-4000-8000-000000000001';

/** A valid event for any `seq`. */
export function eventOf(seq: number): object {
  return {
    type: 'springs.measured',
    seq,
    at: '2026-11-21T09:14:03.450Z',
    passId,
    index: 1,
    cameraId: 'F1L',
    measurements: [
      {
        axle: 1,
        side: 'left',
        nest: 'lead',
        heightMm: 228.4,
        confidence: 0.97,
        defect: 'none',
        imageId: null,
      },
    ],
  };
}

export const cameraToken = 'a-token-for-tests';

/** A small camera system that does what a test tells it to, over real sockets. */
export async function startCameraServer(options: CameraServerOptions = {}): Promise<CameraServer> {
  const events: (object | string)[] = [];
  const connections: CameraConnection[] = [];
  const http = createServer((request, response) => {
    if (options.onImage) options.onImage(request, response);
    else response.writeHead(404).end();
  });
  const sockets = new WebSocketServer({
    noServer: true,
    autoPong: options.autoPong ?? true,
    handleProtocols: () => 'vicore.camera.v1',
  });

  http.on('upgrade', (request, raw: Socket, head) => {
    const expected = `Bearer ${options.token ?? cameraToken}`;
    const status = options.status ?? (request.headers.authorization === expected ? 101 : 401);
    if (status !== 101) {
      raw.end(`HTTP/1.1 ${status} No\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<html>no<`);
      return;
    }
    sockets.handleUpgrade(request, raw, head, (socket) => accept(socket, request, raw));
  });

  function accept(socket: WebSocket, request: IncomingMessage, raw: Socket): void {
    const connection: CameraConnection = {
      socket,
      request,
      raw,
      subscribes: [],
      acks: [],
      send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    };
    connections.push(connection);
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; fromSeq: number; seq: number };
      if (message.type === 'ack') connection.acks.push({ seq: message.seq, at: performance.now() });
      else {
        connection.subscribes.push(message.fromSeq);
        if (options.onSubscribe) options.onSubscribe(connection, message.fromSeq);
        else sendFrom(connection, message.fromSeq);
      }
    });
    const hello = options.hello ? options.hello(connection) : helloNow();
    if (hello !== undefined) connection.send(hello);
  }

  function sendFrom(connection: CameraConnection, fromSeq: number): void {
    for (let seq = fromSeq; seq <= events.length; seq += 1) connection.send(events[seq - 1] ?? eventOf(seq));
  }

  function helloNow(): object {
    return {
      type: 'hello',
      protocol: 1,
      streamId: server.streamId,
      site: 'Folkestone',
      track: 'T1',
      cameras: [
        { id: 'F1L', side: 'left', name: 'Left 1' },
        { id: 'F1R', side: 'right', name: 'Right 1' },
      ],
      oldestSeq: server.oldestSeq,
      latestSeq: events.length,
    };
  }

  const server: CameraServer = {
    url: '',
    events,
    connections,
    oldestSeq: 1,
    streamId: options.streamId ?? 'folk-1',
    heartbeat(status = 'ok', at = new Date().toISOString()) {
      const cameras = ['F1L', 'F1R'].map((id) => ({
        id,
        status,
        fps: 25,
        temperatureC: 31.5,
        lastFrameAt: at,
      }));
      for (const connection of connections) {
        if (connection.socket.readyState === connection.socket.OPEN) {
          connection.send({ type: 'heartbeat', at, cameras });
        }
      }
    },
    push(event) {
      events.push(event);
      for (const connection of connections) {
        if (connection.socket.readyState === connection.socket.OPEN && connection.subscribes.length > 0) {
          connection.send(event);
        }
      }
    },
    async close() {
      for (const { raw } of connections) raw.destroy();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return Object.assign(server, { url: `ws://127.0.0.1:${port}/stream` });
}
