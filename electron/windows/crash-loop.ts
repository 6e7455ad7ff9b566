/** So many crashes of one window within a minute are a loop: reloading would go on for ever (fault 49). */
export const crashLoopCount = 3;
const crashLoopMs = 60_000;

/** The crashes that still count at `now`, this one included; ms of a clock that only goes forward. */
export function recentCrashes(crashes: readonly number[], now: number): readonly number[] {
  return [...crashes.filter((at) => now - at < crashLoopMs), now];
}
