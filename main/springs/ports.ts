import type { Trend } from '../../contract/results.ts';

/** What windows ask of springs; answered by the replica. */
export interface SpringReads {
  /** The last `limit` passes up to and including this one, same vehicle, same site. */
  springTrend(query: {
    readonly passId: string;
    readonly vehicleIndex: number;
    readonly position: string;
    readonly limit: number;
  }): Promise<Trend | undefined>;
}
