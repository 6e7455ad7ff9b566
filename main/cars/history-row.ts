/** One earlier ended pass of one vehicle at one site, as rules 5 (trend) and 6 (unseen) need it: docs/domain.md. */
export interface HistoryRow {
  readonly passId: string;
  readonly startedAt: number;
  readonly axles: number;
  /** Layout order, hundredths of a millimetre; null where the spring was not measured. */
  readonly relativeCmm: readonly (number | null)[];
  /** Layout order. */
  readonly states: readonly (string | undefined)[];
  /** Layout order: not measured and without any defect, so `relativeCmm` is null and `defect` is none or absent. */
  readonly blank: readonly boolean[];
  /** Fixed sides of the vehicle (`L`, `R`) that were on a camera-blind running side in that pass. */
  readonly blindSides: readonly ('L' | 'R')[];
}

/** The vehicle's springs were renewed: what rule 5 rests on begins after it (docs/domain.md). */
export interface MaintenanceMark {
  readonly vehicleNumber: string;
  readonly at: number;
}

export interface HistoryQuery {
  readonly site: string;
  readonly siteTrack: string;
  readonly vehicleNumbers: readonly string[];
  /** Only passes that started before this time (and are ended, the vehicle identified, not contradicted). */
  readonly before: number;
  /** `earliest`: ascending, only since the last maintenance mark; `latest`: descending. By start, then pass id. */
  readonly order: 'earliest' | 'latest';
  /** Rows to pass over, per vehicle (for the next page). */
  readonly offset: number;
  /** Rows per vehicle. */
  readonly limit: number;
}

export interface HistoryReads {
  /** By vehicle number; a vehicle without rows may be absent. */
  history(query: HistoryQuery): Promise<ReadonlyMap<string, readonly HistoryRow[]>>;
}
