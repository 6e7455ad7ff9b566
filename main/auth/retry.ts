/** How long to wait before attempt `failures` + 1, ms: doubling, with full jitter, so that workstations spread (fault 10). */
export function retryDelay(failures: number, leastMs: number, mostMs: number, random: () => number): number {
  const limit = Math.min(mostMs, leastMs * 2 ** Math.min(failures, 20));
  return leastMs + random() * Math.max(0, limit - leastMs);
}
