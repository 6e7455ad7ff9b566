import { failure, success } from '../../contract/errors.ts';
import type { SharedAlertActs } from '../alerts/ports.ts';
import type { CarReads } from '../cars/ports.ts';
import type { Handlers } from '../core.ts';
import { actOf } from './act.ts';
import { pageOf } from './page.ts';

const defaultLimit = 50;

export function carHandlers(
  reads: CarReads,
  shared: Pick<SharedAlertActs, 'recordMaintenance'>,
): Handlers<'cars.get' | 'cars.history' | 'cars.recordMaintenance'> {
  return {
    'cars.get': async ({ passId, vehicleIndex }) => {
      const car = await reads.getCar(passId, vehicleIndex);
      return car
        ? success(car)
        : failure('not-found', 'This vehicle is not on record here.', { passId, vehicleIndex });
    },
    'cars.history': (input) => pageOf(reads.carHistory({ ...input, limit: input.limit ?? defaultLimit })),
    'cars.recordMaintenance': ({ vehicleNumber, reason }, caller) =>
      shared.recordMaintenance(vehicleNumber, reason, actOf(caller)),
  };
}
