import type { Result } from '../../contract/errors.ts';
import { failure, success } from '../../contract/errors.ts';
import type { SpringImage } from '../../contract/results.ts';
import type { Handlers } from '../core.ts';
import type { PassReads } from '../passes/ports.ts';
import type { SpringReads } from '../springs/ports.ts';

/** Passes drawn in a trend when the window does not say. */
const defaultTrend = 50;

/** Fetches a picture from the camera system that a stream belongs to. */
export type FetchImage = (streamId: string, imageId: string) => Promise<Result<SpringImage>>;

export function springHandlers(
  reads: SpringReads & Pick<PassReads, 'getPass'>,
  fetchImage: FetchImage,
): Handlers<'springs.trend' | 'springs.image'> {
  return {
    'springs.trend': async (input) => {
      const trend = await reads.springTrend({ ...input, limit: input.limit ?? defaultTrend });
      return trend
        ? success(trend)
        : failure('not-found', 'This spring is not on record here.', { ...input });
    },
    'springs.image': async ({ passId, imageId }) => {
      const detail = await reads.getPass(passId);
      if (!detail) return failure('not-found', 'This pass is not on record here.', { passId });
      return fetchImage(detail.pass.streamId, imageId);
    },
  };
}
