import { WebSocket } from 'ws';
import { createFrameTap } from './frame-tap.ts';
import type { Clock, Timings } from './timings.ts';

export interface LinkEnd {
  /** `silent`: pongs came, messages did not. `refused`: answered, but not with this protocol. */
  readonly kind: 'lost' | 'silent' | 'unauthorized' | 'refused';
  readonly reason: string;
  /** How long to wait before the next attempt, where it is not worth trying soon. */
  readonly retryMs?: number | undefined;
}

export interface LinkHandlers {
  onMessage(data: Buffer, binary: boolean): void;
  /** A message that was refused before it was complete: its first 4 KiB, and why. The link ends with it. */
  onRefusedMessage(head: Buffer, reason: string): void;
  /** Once, whatever ends the link. */
  onEnd(end: LinkEnd): void;
}

export interface Link {
  send(message: { readonly type: 'subscribe'; readonly fromSeq: number } | AckMessage): void;
  /** Stops reading: what has not been read waits in the sender's buffers. Silence does not count meanwhile. */
  pause(): void;
  resume(): void;
  end(end: LinkEnd): void;
}

interface AckMessage {
  readonly type: 'ack';
  readonly seq: number;
}

export interface LinkOptions {
  readonly url: string;
  readonly token: string;
  readonly timings: Timings;
  readonly clock: Clock;
}

const maxMessageBytes = 1024 * 1024;
const maxFragments = 256;
/** The rest of a refused message's head is waited for no longer than this. */
const headTimeoutMs = 500;
const subProtocol = 'vicore.camera.v1';

const refusals: Readonly<Record<string, string>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: `larger than ${maxMessageBytes} bytes`,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: `larger than ${maxMessageBytes} bytes`,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: `more than ${maxFragments} fragments`,
};

function unexpected(status: number | undefined): LinkEnd {
  if (status === 401 || status === 403) {
    return { kind: 'unauthorized', reason: `the camera system refused the token (HTTP ${status})` };
  }
  return { kind: 'refused', reason: `HTTP ${status ?? 'answer without status'} in place of a WebSocket` };
}

/** One connection to the camera system, from the first attempt to its end. It never comes back by itself. */
export function openLink(options: LinkOptions, handlers: LinkHandlers): Link {
  const { url, token, timings, clock } = options;
  const tap = createFrameTap();
  let ended = false;
  let paused = false;
  let refusing = false;
  let lastMessage = clock.monotonic();
  let lastPong = lastMessage;
  let pingTimer: NodeJS.Timeout | undefined;
  let watchTimer: NodeJS.Timeout | undefined;
  let headTimer: NodeJS.Timeout | undefined;

  const socket = new WebSocket(url, subProtocol, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: timings.handshake,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    maxFragments,
    maxBufferedChunks: 4_096,
    // Checked by ourselves: the library would end the link, and meet the same message on the next one.
    skipUTF8Validation: true,
  });

  function end(how: LinkEnd): void {
    if (ended) return;
    ended = true;
    clearInterval(pingTimer);
    clearTimeout(watchTimer);
    clearTimeout(headTimer);
    socket.terminate();
    handlers.onEnd(how);
  }

  function watch(): void {
    const now = clock.monotonic();
    if (paused) lastMessage = lastPong = now;
    if (now - lastPong >= timings.dead) {
      return end({ kind: 'lost', reason: `no answer for ${Math.round(timings.dead / 1000)} s` });
    }
    if (now - lastMessage >= timings.dead) {
      return end({
        kind: 'silent',
        reason: `connected, but no message for ${Math.round(timings.dead / 1000)} s`,
      });
    }
    watchTimer = setTimeout(watch, Math.min(lastMessage, lastPong) + timings.dead - now);
  }

  /** The head may still be on its way: the library stops at the header. */
  function refuse(reason: string): void {
    refusing = true;
    const finish = (): void => {
      if (ended) return;
      handlers.onRefusedMessage(tap.head(), reason);
      end({ kind: 'lost', reason: `a message was ${reason}` });
    };
    if (tap.complete) return finish();
    headTimer = setTimeout(finish, headTimeoutMs);
    finishHead = () => {
      if (tap.complete) finish();
    };
  }
  let finishHead: (() => void) | undefined;

  let connection: NodeJS.EventEmitter | undefined;
  socket.on('upgrade', (response) => {
    connection = response.socket;
  });
  socket.on('open', () => {
    // Not sooner: a listener would set the socket flowing before the library listens, and the first bytes be lost.
    connection?.prependListener('data', (chunk: Buffer) => {
      tap.feed(chunk);
      finishHead?.();
    });
    lastMessage = lastPong = clock.monotonic();
    pingTimer = setInterval(() => {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    }, timings.ping);
    watch();
  });
  socket.on('pong', () => {
    lastPong = clock.monotonic();
  });
  socket.on('message', (data, binary) => {
    if (ended) return;
    lastMessage = clock.monotonic();
    const parts = Array.isArray(data) ? data : [Buffer.isBuffer(data) ? data : Buffer.from(data)];
    handlers.onMessage(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), binary);
  });
  socket.on('unexpected-response', (request, response) => {
    request.destroy();
    end(unexpected(response.statusCode));
  });
  socket.on('error', (error: Error & { code?: string }) => {
    const reason = refusals[error.code ?? ''];
    if (reason) refuse(reason);
    else
      end({
        kind: 'lost',
        reason: error.message === '' ? (error.code ?? 'connection failed') : error.message,
      });
  });
  socket.on('close', (code) => {
    if (!refusing) end({ kind: 'lost', reason: `closed by the camera system (${code})` });
    else finishHead?.();
  });

  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    pause() {
      if (paused || ended) return;
      paused = true;
      socket.pause();
    },
    resume() {
      if (!paused || ended) return;
      paused = false;
      lastMessage = lastPong = clock.monotonic();
      socket.resume();
    },
    end,
  };
}
