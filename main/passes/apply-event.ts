import type { VehicleHistories } from '../cars/vehicle-history.ts';
import { reject } from './batch.ts';
import type { Batch, Cause } from './batch.ts';
import { endPass } from './end-pass.ts';
import type {
  PassAborted,
  PassCompleted,
  SpringsMeasured,
  StreamEvent,
  VehicleIdentified,
} from './events.ts';
import { holdMessage, mostHeldMessages } from './held.ts';
import type { HeldMessage } from './held.ts';
import { judgeEnded, judgeInProgress } from './judge-pass.ts';
import { measure, measureUnidentified } from './measure.ts';
import { isEnded } from './working-pass.ts';
import type { WorkingPass } from './working-pass.ts';
import { newVehicle } from './working-vehicle.ts';
import type { WorkingVehicle } from './working-vehicle.ts';

/* What each event of a known pass does to it, contradictions included: docs/domain.md, "Contradictions". */

export interface Received {
  readonly batch: Batch;
  readonly pass: WorkingPass;
  readonly histories: VehicleHistories;
  readonly cause: Cause;
  readonly text: string;
}

export async function applyEvent(
  received: Received,
  event: Exclude<StreamEvent, { type: 'pass.started' }>,
): Promise<void> {
  switch (event.type) {
    case 'vehicle.identified':
      return identify(received, event);
    case 'springs.measured':
      return measured(received, event);
    case 'pass.completed':
      return complete(received, event);
    case 'pass.aborted':
      return abort(received, event);
  }
}

const refuse = ({ batch, cause, text }: Received, reason: string): void => reject(batch, cause, text, reason);

function judge(received: Received, vehicle: WorkingVehicle): Promise<void> | undefined {
  const { batch, pass, histories, cause } = received;
  if (isEnded(pass)) return judgeEnded(batch, pass, histories, cause);
  judgeInProgress(batch, pass, vehicle, cause);
  return undefined;
}

async function identify(received: Received, event: VehicleIdentified): Promise<void> {
  const { batch, pass, cause } = received;
  const { index, vehicleNumber, vehicleType, axles, leadingEnd } = event;
  const known = pass.vehicles.get(index);
  if (known?.identification) {
    const { identification } = known;
    const same =
      identification.vehicleNumber === vehicleNumber &&
      identification.vehicleType === vehicleType &&
      identification.axles === axles &&
      identification.leadingEnd === leadingEnd;
    if (same) return;
    refuse(received, 'contradicts the identification of this vehicle');
    if (known.contradicted) return;
    known.contradicted = true;
    await judge(received, known);
    return;
  }

  const vehicle = newVehicle(index, axles);
  vehicle.identification = { vehicleNumber, vehicleType, axles, leadingEnd };
  const messages = known?.messages ?? pass.held.get(index) ?? [];
  pass.vehicles.set(index, vehicle);
  pass.held.delete(index);
  if (known) pass.changedVehicles.delete(known);
  if (isEnded(pass)) {
    for (const message of messages) release(received, vehicle, message);
    await judge(received, vehicle);
    return;
  }
  judgeInProgress(batch, pass, vehicle, cause);
  for (const message of messages) {
    release(received, vehicle, message);
    judgeInProgress(batch, pass, vehicle, cause);
  }
}

const lostReason = (lost: number, axles: number): string =>
  `${lost} of its measurements name an axle that the vehicle does not have (it has ${axles})`;

/** Applies a held message under the identification that came after it. */
function release({ batch, pass, cause }: Received, vehicle: WorkingVehicle, message: HeldMessage): void {
  const { lost } = measure(pass, vehicle, message);
  if (lost === 0) return;
  reject(batch, { ...cause, seq: message.seq }, message.text, lostReason(lost, vehicle.axles));
}

async function measured(received: Received, event: SpringsMeasured): Promise<void> {
  const { pass, text } = received;
  const vehicle = pass.vehicles.get(event.index);
  if (vehicle?.identification) {
    const { changed, lost } = measure(pass, vehicle, event);
    if (lost > 0) refuse(received, lostReason(lost, vehicle.axles));
    if (changed) await judge(received, vehicle);
    return;
  }
  const held = vehicle?.messages ?? pass.held.get(event.index) ?? [];
  if (held.length >= mostHeldMessages)
    return refuse(received, 'too many measurements without identification');
  const message = holdMessage(event, text);
  if (isEnded(pass)) {
    const changed = measureUnidentified(pass, event.index, [message]);
    const grown = pass.vehicles.get(event.index);
    if (!grown) return;
    pass.changedVehicles.add(grown);
    if (changed) await judge(received, grown);
    return;
  }
  held.push(message);
  pass.held.set(event.index, held);
}

async function complete(received: Received, event: PassCompleted): Promise<void> {
  const { batch, pass, histories, cause } = received;
  const { vehicleCount, speedKmh } = event;
  if (pass.row.vehicleCount !== undefined) {
    const same = pass.row.vehicleCount === vehicleCount && pass.row.speedKmh === speedKmh;
    if (!same) refuse(received, 'contradicts the end of this pass');
    return;
  }
  endPass(pass, { kind: 'completed', vehicleCount, speedKmh }, event.at);
  await judgeEnded(batch, pass, histories, cause);
}

async function abort(received: Received, event: PassAborted): Promise<void> {
  const { batch, pass, histories, cause } = received;
  if (isEnded(pass)) {
    // After a time-out an abort says nothing new.
    if (pass.work.timedOut || pass.work.abortReason === event.reason) return;
    refuse(received, 'contradicts the end of this pass');
    return;
  }
  endPass(pass, { kind: 'aborted', reason: event.reason }, event.at);
  await judgeEnded(batch, pass, histories, cause);
}
