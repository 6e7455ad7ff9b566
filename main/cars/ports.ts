import type { CarDetail, CarPass, Page } from '../../contract/results.ts';

/** What windows ask of cars; answered by the replica. */
export interface CarReads {
  getCar(passId: string, vehicleIndex: number): Promise<CarDetail | undefined>;
  carHistory(query: {
    readonly vehicleNumber: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): Promise<Page<CarPass>>;
}
