/** So many restarts after a fault within ten minutes make the next start a careful one (fault 52). */
export const safeModeAfter = 3;
const withinMs = 10 * 60_000;

/** Times of the restarts that still count at `now`, ms since the epoch. */
export function recentRestarts(times: readonly number[], now: number): readonly number[] {
  // Times that lie ahead come from a clock that was turned back; they must not count for ever.
  return times.filter((at) => at <= now && now - at < withinMs);
}
