import type { Refusal } from '../core.ts';

/** Alike refusals are reported at most this often, with their number: a flood must not become a flood of audit rows. */
const quietMs = 10_000;
/** Different kinds of refusals remembered; their names come from a closed set, this only guards against mistakes. */
const remembered = 500;

/** Reports the first refusal of a kind at once and counts those that follow until the next report. */
export function createRefusalReporter(report: (refusal: Refusal) => void): (refusal: Refusal) => void {
  const seen = new Map<string, { reportedAt: number; repeated: number }>();
  return (refusal) => {
    const key = `${refusal.code} ${refusal.windowId ?? '-'} ${refusal.method ?? '-'}`;
    const entry = seen.get(key);
    if (entry && refusal.at - entry.reportedAt < quietMs) {
      entry.repeated += 1;
      return;
    }
    if (seen.size >= remembered) seen.clear();
    seen.set(key, { reportedAt: refusal.at, repeated: 0 });
    report({ ...refusal, repeated: entry?.repeated ?? 0 });
  };
}
