import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition; fails with what `explain` tells when it does not come true in time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  explain: () => string = () => '',
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`not within ${timeoutMs} ms: ${condition.toString()}\n${explain().slice(-4000)}`);
    }
    await delay(20);
  }
}
