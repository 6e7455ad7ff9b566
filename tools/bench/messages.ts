import { buildFleet } from '../simulator/fleet.ts';
import { numbered } from '../simulator/generate.ts';
import { eventText } from '../simulator/protocol.ts';
import type { SequencedEvent } from '../simulator/protocol.ts';
import { createRoster, createTraffic, generateHistory } from '../simulator/traffic.ts';

const hour = 3_600_000;

/** Events of ordinary traffic with a fault now and then, numbered from 1; at least `count` of them. */
export function createEvents(count: number, seed = 'bench'): SequencedEvent[] {
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
  const events: SequencedEvent[] = [];
  for (const pass of generateHistory(traffic, { from: to - 24 * 30 * hour, to, intervalMs: 90_000 })) {
    for (const event of numbered(pass.events, events.length + 1)) events.push(event);
    if (events.length >= count) break;
  }
  return events;
}

/** The texts of the `springs.measured` among them, exactly `count`. */
export function createFleetMessages(count: number): string[] {
  return createEvents(Math.ceil(count * 1.6))
    .filter((event) => event.type === 'springs.measured')
    .map(eventText)
    .slice(0, count);
}
