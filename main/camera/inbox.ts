/** What a slice may take of the event loop before others get their turn (rule 8). */
const sliceMs = 4;
const highWater = { messages: 400, bytes: 2 * 1024 * 1024 };
const lowWater = 50;

export interface Inbox<T extends { readonly size: number }> {
  put(item: T): void;
  /** Resolves when everything put so far has been handled. */
  drained(): Promise<void>;
}

export interface InboxOptions<T> {
  /** A promise is waited for before the next item is handled: that is the back-pressure. */
  readonly handle: (item: T) => Promise<void> | undefined;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly monotonic: () => number;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Between the socket and the handling: takes what the socket hands over in one go, handles it in slices, one
 * item at a time, and stops the socket while there is too much.
 */
export function createInbox<T extends { readonly size: number }>(options: InboxOptions<T>): Inbox<T> {
  let items: T[] = [];
  let position = 0;
  let bytes = 0;
  let stopped = false;
  let running: Promise<void> | undefined;

  function take(): T | undefined {
    const item = items[position];
    if (item === undefined) return undefined;
    position += 1;
    bytes -= item.size;
    if (position > 1_000) {
      items = items.slice(position);
      position = 0;
    }
    if (stopped && items.length - position <= lowWater) {
      stopped = false;
      options.resume();
    }
    return item;
  }

  async function run(): Promise<void> {
    // Let the socket hand over what it has: `put` returns at once.
    await turn();
    let began = options.monotonic();
    for (let item = take(); item !== undefined; item = take()) {
      const waiting = options.handle(item);
      if (waiting) {
        await waiting;
        began = options.monotonic();
      } else if (options.monotonic() - began >= sliceMs) {
        await turn();
        began = options.monotonic();
      }
    }
    running = undefined;
  }

  return {
    put(item) {
      items.push(item);
      bytes += item.size;
      if (!stopped && (items.length - position > highWater.messages || bytes > highWater.bytes)) {
        stopped = true;
        options.pause();
      }
      running ??= run();
    },
    async drained() {
      while (running) await running;
    },
  };
}
