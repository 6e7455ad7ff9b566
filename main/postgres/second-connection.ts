import { type ConnectionSettings, openConnection, type OpenConnection, usualTimeouts } from './connection.ts';

export interface SecondConnectionOptions {
  readonly settings: ConnectionSettings;
  readonly workstation: string;
  /** The lasting connection: the second one goes to the same host, and only while that one is there. */
  readonly main: () => OpenConnection | undefined;
  readonly idleMs?: number | undefined;
}

export interface SecondConnection {
  /** Opens it when needed; undefined while the database is away. Rejects with NoWritableHost. */
  connection(): Promise<OpenConnection | undefined>;
  stop(): void;
}

/** A minute without a question closes it: most workstations never show the panel. */
const usualIdleMs = 60_000;
/** A verification or a pseudonymisation reads much; shorter than the idle time. */
const queryMs = 30_000;

/** For the panel: its lists and searches never stand before an acknowledgement (fault 17). */
export function createSecondConnection(options: SecondConnectionOptions): SecondConnection {
  const { settings, workstation, main, idleMs = usualIdleMs } = options;
  const ending = new AbortController();
  let current: OpenConnection | undefined;
  let opening: Promise<OpenConnection> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function close(): void {
    clearTimeout(timer);
    current?.destroy();
    current = undefined;
  }

  async function open(host: string): Promise<OpenConnection> {
    const timeouts = { ...usualTimeouts, queryMs };
    const own = { ...settings, hosts: [host] };
    const opened = await openConnection(own, `vicore panel ${workstation}`, timeouts, ending.signal);
    current = opened;
    void opened.lost.then(() => {
      if (current === opened) close();
    });
    return opened;
  }

  return {
    async connection() {
      const first = main();
      if (!first || ending.signal.aborted) {
        close();
        return undefined;
      }
      if (current && current.host !== first.host) close();
      opening ??= current
        ? undefined
        : open(first.host).finally(() => {
            opening = undefined;
          });
      if (opening) await opening;
      clearTimeout(timer);
      timer = setTimeout(close, idleMs);
      timer.unref();
      return current;
    },
    stop() {
      ending.abort();
      close();
    },
  };
}
