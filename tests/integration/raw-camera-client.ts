import { WebSocket } from 'ws';
import { subProtocol } from '../../tools/simulator/protocol.ts';

/** A message as it came: parsed when it is a JSON object. */
export interface Received {
  text: string;
  binary: boolean;
  message: Record<string, unknown>;
}

/** A WebSocket client without any judgement of its own, to look at what a server really sends. */
export interface RawClient {
  socket: WebSocket;
  received: Received[];
  send(message: object): void;
  /** The first message, already received or still to come, that fits. */
  first(fits: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  /** Resolves when so many messages with a `seq` have come; tells these numbers. */
  sequence(count: number): Promise<number[]>;
  until(condition: () => boolean): Promise<void>;
  closed: Promise<number>;
  errors: Error[];
}

export interface RawClientOptions {
  token?: string;
  protocols?: string[];
  deflate?: boolean;
  autoPong?: boolean;
  /** Sent as soon as `hello` has come; nothing when absent. */
  fromSeq?: number | null;
}

const parse = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

export const numbersOf = (received: readonly Received[]): number[] =>
  received.flatMap(({ message }) => (typeof message['seq'] === 'number' ? [message['seq']] : []));

export const openClient = (url: string, options: RawClientOptions = {}): RawClient => {
  const { token = 'simulator', protocols = [subProtocol], deflate = false, fromSeq } = options;
  const socket = new WebSocket(url, protocols, {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: deflate,
    maxPayload: 1024 * 1024,
  });
  const received: Received[] = [];
  const errors: Error[] = [];
  const numbers: number[] = [];
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of watchers) watcher();
  };
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  socket.on('message', (data: Buffer, binary: boolean) => {
    const text = data.toString('utf8');
    const message = binary ? {} : parse(text);
    received.push({ text, binary, message });
    if (typeof message['seq'] === 'number') numbers.push(message['seq']);
    if (message['type'] === 'hello' && fromSeq !== undefined)
      socket.send(JSON.stringify({ type: 'subscribe', fromSeq }));
    changed();
  });
  socket.on('pong', changed);
  socket.on('error', (error) => errors.push(error));
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => {
      resolve(code);
      changed();
    });
  });
  return {
    socket,
    received,
    errors,
    closed,
    until,
    send: (message) => socket.send(JSON.stringify(message)),
    first: async (fits) => {
      await until(() => received.some(({ message }) => fits(message)));
      return received.find(({ message }) => fits(message))?.message ?? {};
    },
    sequence: async (count) => {
      await until(() => numbers.length >= count);
      return [...numbers];
    },
  };
};
