import { buildFleet } from '../simulator/fleet.ts';
import type { PassEvent } from '../simulator/protocol.ts';
import { createRoster, createTraffic, generateHistory } from '../simulator/traffic.ts';

export const springsOf = (events: readonly PassEvent[]): number =>
  events.reduce(
    (sum, event) => sum + (event.type === 'springs.measured' ? event.measurements.length : 0),
    0,
  );

/** Passes of one track, one after the other, without end for all purposes; a fault now and then. */
export function* endlessPasses(seed: string): Generator<readonly PassEvent[]> {
  const fleet = buildFleet(seed);
  const traffic = createTraffic({
    seed,
    fleet,
    roster: createRoster(fleet),
    track: 'T1',
    cameras: { left: 'F1L', right: 'F1R' },
    incidents: 0.1,
  });
  const to = Date.now();
  const history = { from: to - 25 * 86_400_000, to, intervalMs: 90_000 };
  for (const pass of generateHistory(traffic, history)) yield pass.events;
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
