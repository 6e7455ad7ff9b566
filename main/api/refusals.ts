import type { Refusal } from '../core.ts';

/** Alike refusals are reported at most this often, with their number: a flood must not become a flood of audit rows. */
const quietMs = 10_000;
/** Different kinds of refusals remembered; their names come from a closed set, this only guards against mistakes. */
const remembered = 500;

interface Seen {
  reportedAt: number;
  repeated: number;
}

/**
 * Reports the first refusal of a kind at once and counts those that follow until the next report, which comes also
 * when nothing follows any more. Another person's attempt is another kind: each name stands in the audit log.
 */
export function createRefusalReporter(report: (refusal: Refusal) => void): (refusal: Refusal) => void {
  const seen = new Map<string, Seen>();

  function summarise(entry: Seen, last: Refusal): void {
    if (entry.repeated === 0) return;
    // One of those that are counted is reported here itself.
    report({ ...last, repeated: entry.repeated - 1 });
    entry.reportedAt = last.at;
    entry.repeated = 0;
  }

  return (refusal) => {
    const who = refusal.subject ?? refusal.actor ?? '-';
    const key = `${refusal.code} ${refusal.windowId ?? '-'} ${refusal.method ?? '-'} ${who}`;
    const entry = seen.get(key);
    if (entry && refusal.at - entry.reportedAt < quietMs) {
      entry.repeated += 1;
      if (entry.repeated === 1) setTimeout(summarise, quietMs, entry, refusal).unref();
      return;
    }
    const repeated = entry?.repeated ?? 0;
    if (entry) {
      // The same entry: a timer that still waits finds that these are reported.
      entry.reportedAt = refusal.at;
      entry.repeated = 0;
    } else {
      if (seen.size >= remembered) seen.clear();
      seen.set(key, { reportedAt: refusal.at, repeated: 0 });
    }
    report({ ...refusal, repeated });
  };
}
