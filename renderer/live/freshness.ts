import type { StreamHealth, SystemStatus } from '../../contract/domain.ts';

export type Freshness = 'fresh' | 'late' | 'stale';

/** Fresh to 5 s, late to 30 s, stale beyond. */
const freshLimitMs = 5000;
const lateLimitMs = 30_000;

export const freshnessOf = (ageMs: number): Freshness => {
  if (ageMs <= freshLimitMs) return 'fresh';
  return ageMs <= lateLimitMs ? 'late' : 'stale';
};

/**
 * Age of what a stream told, ms. Differences of main's clock plus monotonic time here, so that a clock that jumps
 * ages nothing.
 */
export const streamAge = (
  stream: StreamHealth,
  status: SystemStatus,
  statusAgeMs: number,
): number | undefined =>
  stream.lastMessageAt === undefined
    ? undefined
    : Math.max(0, status.at - stream.lastMessageAt) + statusAgeMs;

/**
 * Beyond it the banner writes a link's age out. A quiet stream says something every 5 s, and a window hears of it up
 * to 2 s later: an age on the way there is no news, and one that comes and goes draws the eye to a healthy link.
 */
const quietLinkMs = 7000;

export const showsAge = (linkAgeMs: number): boolean => linkAgeMs > quietLinkMs;

/** Age of the shared record in the replica, ms; undefined when it never was complete. */
export const databaseAge = (status: SystemStatus, statusAgeMs: number): number | undefined =>
  status.database.asOf === undefined
    ? undefined
    : Math.max(0, status.at - status.database.asOf) + statusAgeMs;

/** Milliseconds until the next attempt to reach the database; undefined when none is planned. */
export const untilRetry = (status: SystemStatus, statusAgeMs: number): number | undefined =>
  status.database.nextRetryAt === undefined
    ? undefined
    : Math.max(0, status.database.nextRetryAt - status.at - statusAgeMs);

/** Without a heartbeat for so long a camera's state is unknown (docs/camera-protocol.md, heartbeats). */
const heartbeatLimitMs = 15_000;

/** The link came up so recently that heartbeats still to come mean nothing yet. */
export const awaitsHeartbeat = (stream: StreamHealth, status: SystemStatus, statusAgeMs: number): boolean => {
  if (stream.link !== 'live' && stream.link !== 'catching-up') return false;
  return Math.max(0, status.at - stream.since) + statusAgeMs < heartbeatLimitMs;
};
