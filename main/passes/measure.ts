import { addMeasurement } from '../springs/evidence.ts';
import { layoutIndex, positionCount } from '../springs/position.ts';
import { axlesOfUnidentified } from './held.ts';
import type { HeldMessage } from './held.ts';
import type { WorkingPass } from './working-pass.ts';
import { leadingEndOf, newVehicle } from './working-vehicle.ts';
import type { WorkingVehicle } from './working-vehicle.ts';

export interface Measured {
  readonly changed: boolean;
  /** Measurements of axles that the vehicle does not have: the message is listed as rejected for them. */
  readonly lost: number;
}

/** Adds one message's measurements to what is known of the vehicle's springs. */
export function measure(
  pass: WorkingPass,
  vehicle: WorkingVehicle,
  message: Pick<HeldMessage, 'at' | 'cameraId' | 'measurements'>,
): Measured {
  const { minConfidence } = pass.thresholds;
  const leadingEnd = leadingEndOf(vehicle);
  let changed = false;
  let lost = 0;
  for (const measurement of message.measurements) {
    if (measurement.axle > vehicle.axles) {
      lost += 1;
      continue;
    }
    const index = layoutIndex(measurement, vehicle.axles, leadingEnd);
    const before = vehicle.evidence[index];
    const after = addMeasurement(before, measurement, message, minConfidence);
    if (after === before) continue;
    vehicle.evidence[index] = after;
    changed = true;
  }
  return { changed, lost };
}

/**
 * An unidentified vehicle of an ended pass, with these messages added: no number, no type, positions as if end A
 * led, growing axles as they are measured.
 */
export function measureUnidentified(
  pass: WorkingPass,
  index: number,
  messages: readonly HeldMessage[],
): boolean {
  const known = pass.vehicles.get(index);
  const vehicle = known ?? newVehicle(index, 4);
  pass.vehicles.set(index, vehicle);
  vehicle.messages.push(...messages);
  const axles = Math.max(vehicle.axles, axlesOfUnidentified(messages));
  const grows = axles > vehicle.axles;
  if (grows) {
    vehicle.axles = axles;
    while (vehicle.evidence.length < positionCount(axles)) vehicle.evidence.push(undefined);
  }
  let changed = !known || grows;
  for (const message of messages) changed = measure(pass, vehicle, message).changed || changed;
  return changed;
}
