import type { Pass } from '../../../contract/domain.ts';
import type { Page } from '../../../contract/results.ts';

const pass = (number: number): Pass => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  streamId: 'folkestone-t1-20261121T060000Z',
  site: 'Folkestone T1',
  siteTrack: 'T1',
  track: 'T1',
  trainNumber: `623${number}`,
  direction: 'uk-fr',
  startedAt: 1_790_000_000_000 + number,
  endedAt: 1_790_000_040_000 + number,
  vehicleCount: 36,
  speedKmh: 80.5,
  status: 'pending',
  aborted: false,
  state: 'ok',
  thresholdVersion: 1,
  reopened: false,
  revision: number,
});

/** About 1 KB as JSON: what the call of B4 brings back, in the product and in the empty application. */
export const answer: Page<Pass> = { items: [pass(1), pass(2), pass(3)] };
