export interface Steps {
  say(text: string): void;
  /** Shows the step's name, how far it is, and how long it took. */
  run<T>(name: string, task: (progress: (share: number) => void) => Promise<T>): Promise<T>;
  /** Done at the end, last first. */
  atEnd(task: () => Promise<void>): void;
  /** Resolves at Ctrl+C or SIGTERM. */
  readonly interrupted: Promise<void>;
  end(): Promise<void>;
}

/** What the demonstration does, step by step, told on the terminal and undone at the end. */
export function createSteps(): Steps {
  const endings: (() => Promise<void>)[] = [];
  const live = process.stdout.isTTY;
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  return {
    interrupted,
    say: (text) => console.log(text),
    async run(name, task) {
      const start = performance.now();
      let told = -1;
      console.log(`▸ ${name} …`);
      const result = await task((share) => {
        const tenth = Math.floor(share * 10);
        if (tenth === told) return;
        told = tenth;
        if (live) process.stdout.write(`\r  ${name}: ${tenth * 10} %   `);
        else console.log(`  ${name}: ${tenth * 10} %`);
      });
      if (live && told >= 0) process.stdout.write('\n');
      console.log(`  ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
      return result;
    },
    atEnd(task) {
      endings.push(task);
    },
    async end() {
      for (const task of endings.toReversed()) {
        await task().catch((error: unknown) => console.error(String(error)));
      }
    },
  };
}
