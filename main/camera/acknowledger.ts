export interface Acknowledger {
  /** Everything up to `seq` is durable. */
  durable(seq: number): void;
  stop(): void;
}

/** Cumulative acknowledgements, at most one every `interval` ms (rule 4); the last one always leaves. */
export function createAcknowledger(interval: number, send: (seq: number) => void): Acknowledger {
  let sent = 0;
  let latest = 0;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    if (latest <= sent) return;
    sent = latest;
    send(sent);
    timer = setTimeout(flush, interval);
  }

  return {
    durable(seq) {
      latest = Math.max(latest, seq);
      if (!timer) flush();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
