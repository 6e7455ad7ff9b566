import type { ThresholdSet } from '../../contract/domain.ts';
import { thresholdsAt } from '../springs/thresholds.ts';
import type { PassStarted, StreamInfo } from './events.ts';
import { newPass } from './working-pass.ts';
import type { WorkingPass } from './working-pass.ts';

/** The thresholds in force when the pass started are its thresholds for good. */
export function startPass(
  event: PassStarted,
  stream: StreamInfo,
  sets: readonly ThresholdSet[],
): WorkingPass {
  const thresholds = thresholdsAt(sets, event.at);
  const row = {
    id: event.passId,
    streamId: stream.streamId,
    site: stream.site,
    siteTrack: stream.track,
    track: event.track,
    trainNumber: event.trainNumber,
    direction: event.direction,
    startedAt: event.at,
    status: 'in-progress',
    aborted: false,
    thresholdVersion: thresholds.version,
    reopened: false,
    revision: event.seq,
  } as const;
  return newPass(row, thresholds);
}

/** Whether a start says of a known pass what is known already. */
export const startsTheSame = ({ row }: WorkingPass, event: PassStarted): boolean =>
  row.trainNumber === event.trainNumber && row.track === event.track && row.direction === event.direction;
