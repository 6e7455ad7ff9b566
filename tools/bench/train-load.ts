import { buildFleet } from '../simulator/fleet.ts';
import type { PassEvent } from '../simulator/protocol.ts';
import { createRoster, createTraffic, generateHistory } from '../simulator/traffic.ts';
import type { Traffic } from '../simulator/traffic.ts';

export const springsOf = (events: readonly PassEvent[]): number =>
  events.reduce((sum, event) => sum + (event.type === 'springs.measured' ? event.measurements.length : 0), 0);

/** Trains of one track; `incidents` is the share of passes with a fault. */
export function trackTraffic(seed: string, incidents: number): Traffic {
  const fleet = buildFleet(seed);
  const cameras = { left: 'F1L', right: 'F1R' };
  return createTraffic({ seed, fleet, roster: createRoster(fleet), track: 'T1', cameras, incidents });
}

const dayMs = 86_400_000;

/** Passes of one track, one after the other, without end for all purposes; a fault now and then. */
export function* endlessPasses(seed: string): Generator<readonly PassEvent[]> {
  const to = Date.now();
  const history = { from: to - 25 * dayMs, to, intervalMs: 90_000 };
  for (const pass of generateHistory(trackTraffic(seed, 0.1), history)) yield pass.events;
}

/** Some 90 passes of the last 24 hours, in order. */
export function dayOfPasses(seed: string): PassEvent[] {
  const to = Date.now() - 60_000;
  const history = { from: to - dayMs, to, intervalMs: 800_000 };
  return [...generateHistory(trackTraffic(seed, 0.3), history)].flatMap(({ events }) => events);
}

/** The next `count` passes as one list of events. */
export function take(passes: Generator<readonly PassEvent[]>, count: number): PassEvent[] {
  const events: PassEvent[] = [];
  for (let taken = 0; taken < count; taken += 1) {
    const next = passes.next();
    if (next.done) throw new Error('out of passes');
    events.push(...next.value);
  }
  return events;
}
