import { useMemo } from 'react';
import type { Alert, Pass, TypeLimits, Vehicle } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { CarDetail } from '../../contract/results.ts';
import { call } from './call.ts';
import { compareAlerts } from './alert-order.ts';
import { useLive } from './store.tsx';

/** All that a car view shows of a car, live where the window watches its pass. */
export interface Car {
  readonly pass: Pass;
  readonly vehicle: Vehicle;
  readonly limits: TypeLimits;
  readonly detail: CarDetail;
  readonly alerts: readonly Alert[];
  readonly indices: readonly number[];
}

export const askCar = (passId: string, vehicleIndex: number): Promise<Result<CarDetail>> =>
  call('cars.get', { passId, vehicleIndex });

/** What of a car, when it changes, changes more than its springs: limits, history and the table's shape. */
export const useCarIdentity = (passId: string | undefined, vehicleIndex: number | undefined): string =>
  useLive((state) => {
    const watched = state.watched?.passId === passId ? state.watched : undefined;
    const vehicle = vehicleIndex === undefined ? undefined : watched?.vehicles.get(vehicleIndex);
    const pass = passId === undefined ? undefined : state.passes.get(passId);
    const identity = [vehicle?.vehicleNumber, vehicle?.vehicleType, vehicle?.axles, vehicle?.leadingEnd];
    return [passId, vehicleIndex, ...identity, pass?.status].join('/');
  });

/** The asked detail under the live values of the store. */
export const useCar = (detail: CarDetail): Car => {
  const { pass: askedPass, vehicle: asked } = detail;
  const pass = useLive((state) => state.passes.get(askedPass.id) ?? askedPass);
  const watched = useLive((state) => (state.watched?.passId === askedPass.id ? state.watched : undefined));
  const open = useLive((state) => state.alerts);
  const closed = useLive((state) => state.closedAlerts);
  const vehicle = watched?.vehicles.get(asked.index) ?? asked;
  const alerts = useMemo(() => {
    const byId = new Map(detail.alerts.map((alert) => [alert.id, alert]));
    for (const alert of [...closed.values(), ...open.values()]) {
      if (alert.passId === askedPass.id && alert.vehicleIndex === asked.index) byId.set(alert.id, alert);
    }
    return [...byId.values()].sort(compareAlerts);
  }, [detail.alerts, open, closed, askedPass.id, asked.index]);
  const indices = useMemo(
    () =>
      watched === undefined
        ? detail.indices
        : [...watched.vehicles.keys()].sort((left, right) => left - right),
    [watched, detail.indices],
  );
  return { pass, vehicle, limits: detail.limits, detail, alerts, indices };
};
