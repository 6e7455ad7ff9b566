import type { Measurement } from '../springs/measurement.ts';
import type { SpringsMeasured } from './events.ts';

/**
 * A `springs.measured` of a vehicle that is not identified: kept, because its measurements find their place on the
 * vehicle only with its axle count and leading end (docs/domain.md, vehicles). Plain JSON, part of `work`.
 */
export interface HeldMessage {
  readonly seq: number;
  readonly at: number;
  readonly cameraId: string;
  readonly measurements: readonly Measurement[];
  /** As received, cut: for the rejected list, should an axle turn out not to exist. */
  readonly text: string;
}

/** Per vehicle; more than any camera system sends, so that a faulty one cannot grow the record without bound. */
export const mostHeldMessages = 256;

export const holdMessage = (
  { seq, at, cameraId, measurements }: SpringsMeasured,
  text: string,
): HeldMessage => ({
  seq,
  at,
  cameraId,
  measurements,
  text,
});

/** An unidentified vehicle has as many axles as the highest measured one, at least 4. */
export function axlesOfUnidentified(messages: readonly HeldMessage[]): number {
  let axles = 4;
  for (const message of messages) {
    for (const measurement of message.measurements) axles = Math.max(axles, measurement.axle);
  }
  return axles;
}
