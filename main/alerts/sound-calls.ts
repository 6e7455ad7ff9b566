import type { Alert, Severity } from '../../contract/domain.ts';

/** Sounds that go on until somebody acts, worst first. */
export const callLevels = ['escalation', 'critical', 'warning'] as const;
export type CallLevel = (typeof callLevels)[number];

/** Now, by a clock that only goes forward and by the calendar's, ms. */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

/** An alert that is active and nobody's. All times are of the clock that only goes forward (fault 43). */
interface Call {
  readonly severity: Severity;
  readonly since: number;
  readonly escalated: boolean;
  /** Nothing of it has been sounded yet, or not since it calls again. */
  readonly fresh: boolean;
  readonly silencedUntil?: number | undefined;
  /** `until` is what the record says, by the calendar. */
  readonly shelf?: { readonly until: number; readonly endsAt: number } | undefined;
}

export interface Calls {
  /** What became of alerts. True: a person dealt with one of them. */
  learn(alerts: readonly Alert[], now: Moment, supervised: boolean): boolean;
  /** Forgets all others: they are not on record any more. */
  keepOnly(alertIds: ReadonlySet<string>): void;
  /** Quiet until then; all when no alerts are named. Gives those it was done for. */
  silence(alertIds: readonly string[] | undefined, until: number): readonly string[];
  /** Ends silences and shelves that are over, and escalates what nobody took for so long. */
  pass(now: number, escalateAfterMs: number, supervised: boolean): void;
  /** Everything that calls is news again: nobody has heard it. */
  refresh(): void;
  audible(supervised: boolean): Readonly<Record<CallLevel, number>>;
  hasNews(level: CallLevel, supervised: boolean): boolean;
  sounded(): void;
  /** Silenced ones too, shelved ones not. */
  worst(supervised: boolean): CallLevel | undefined;
  /** When everything is quiet here: the end of the first silence. */
  silencedUntil(): number | undefined;
}

const levelOf = (call: Call, supervised: boolean): CallLevel =>
  call.escalated && supervised ? 'escalation' : call.severity;

const isAudible = (call: Call): boolean => call.silencedUntil === undefined && call.shelf === undefined;

const longestShelfMs = 86_400_000;

function shelfOf(alert: Alert, before: Call | undefined, now: Moment): Call['shelf'] {
  const until = alert.shelvedUntil;
  if (until === undefined) return undefined;
  // The calendar is read once: a clock that jumps neither ends nor prolongs what is on the shelf.
  if (before?.shelf?.until === until) return before.shelf;
  const left = Math.min(until - now.wall, longestShelfMs);
  return left > 0 ? { until, endsAt: now.monotonic + left } : undefined;
}

/** The alerts that call for somebody at this workstation: who must still be told, and by which sound. */
export function createCalls(): Calls {
  const calls = new Map<string, Call>();
  const audibleCalls = (): Call[] => [...calls.values()].filter(isAudible);

  function learnOne(alert: Alert, now: Moment, supervised: boolean): boolean {
    const before = calls.get(alert.id);
    if (alert.state !== 'active-unacknowledged') {
      const known = calls.delete(alert.id);
      return known && alert.state !== 'cleared-unacknowledged';
    }
    const rose = before?.severity === 'warning' && alert.severity === 'critical';
    const kept = rose ? undefined : before;
    const escalated = alert.escalatedAt !== undefined || (kept?.escalated ?? false);
    // Who silenced it did not silence the escalation (docs/domain.md, alerts).
    const broken = escalated && kept?.escalated === false && supervised;
    const shelf = shelfOf(alert, before, now);
    // What comes off the shelf is as new: nobody has heard it for a while.
    const back = kept?.shelf !== undefined && shelf === undefined;
    calls.set(alert.id, {
      severity: alert.severity,
      since: kept === undefined || back ? now.monotonic : kept.since,
      escalated,
      fresh: kept === undefined || kept.fresh || broken || back,
      silencedUntil: broken ? undefined : kept?.silencedUntil,
      shelf,
    });
    return shelf !== undefined && before !== undefined && before.shelf === undefined;
  }

  function passOne(call: Call, now: number, escalateAfterMs: number, supervised: boolean): Call {
    let next = call;
    if (next.shelf && now >= next.shelf.endsAt) next = { ...next, shelf: undefined, since: now, fresh: true };
    if (next.silencedUntil !== undefined && now >= next.silencedUntil) {
      next = { ...next, silencedUntil: undefined, fresh: true };
    }
    const due = next.severity === 'critical' && !next.escalated && !next.shelf;
    if (due && now - next.since >= escalateAfterMs) {
      next = { ...next, escalated: true };
      if (supervised) next = { ...next, silencedUntil: undefined, fresh: true };
    }
    return next;
  }

  return {
    learn(alerts, now, supervised) {
      let handled = false;
      for (const alert of alerts) handled = learnOne(alert, now, supervised) || handled;
      return handled;
    },
    keepOnly(alertIds) {
      for (const id of calls.keys()) if (!alertIds.has(id)) calls.delete(id);
    },
    silence(alertIds, until) {
      const wanted = alertIds ?? [...calls.keys()];
      return wanted.filter((id) => {
        const call = calls.get(id);
        if (!call || call.shelf) return false;
        calls.set(id, { ...call, silencedUntil: until, fresh: false });
        return true;
      });
    },
    pass(now, escalateAfterMs, supervised) {
      for (const [id, call] of calls) {
        const next = passOne(call, now, escalateAfterMs, supervised);
        if (next !== call) calls.set(id, next);
      }
    },
    refresh() {
      for (const [id, call] of calls) calls.set(id, { ...call, fresh: true });
    },
    audible(supervised) {
      const counts = { escalation: 0, critical: 0, warning: 0 };
      for (const call of calls.values()) if (isAudible(call)) counts[levelOf(call, supervised)] += 1;
      return counts;
    },
    hasNews: (level, supervised) =>
      audibleCalls().some((call) => call.fresh && levelOf(call, supervised) === level),
    sounded() {
      for (const [id, call] of calls)
        if (call.fresh && isAudible(call)) calls.set(id, { ...call, fresh: false });
    },
    worst(supervised) {
      const levels = new Set<CallLevel>();
      for (const call of calls.values()) if (!call.shelf) levels.add(levelOf(call, supervised));
      return callLevels.find((level) => levels.has(level));
    },
    silencedUntil() {
      let first: number | undefined;
      for (const { shelf, silencedUntil } of calls.values()) {
        if (shelf) continue;
        if (silencedUntil === undefined) return undefined;
        first = Math.min(first ?? silencedUntil, silencedUntil);
      }
      return first;
    },
  };
}
