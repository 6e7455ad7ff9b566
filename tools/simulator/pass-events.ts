import { imageIdentity } from './images/image-id.ts';
import type { PassPlan, PlannedVehicle, Reading } from './pass-plan.ts';
import type { Measurement, PassEvent, Side, SpringsMeasured, VehicleIdentified } from './protocol.ts';

/** Metres from the front of the train to the first hauled vehicle (the locomotive), and of one vehicle. */
const locomotiveLength = 22;
const vehicleLength = 22;

/** The time as the wire has it; parts of a millisecond are dropped. */
export const iso = (at: number): string => new Date(at).toISOString();

/** When a point of the train that is `metres` behind its front passes the cameras: epoch ms, not rounded, so that order survives acceleration. */
const timeOf = (plan: PassPlan, metres: number): number =>
  plan.startedAt + ((metres / (plan.speedKmh / 3.6)) * 1000) / plan.acceleration;

export const vehicleTime = (plan: PassPlan, index: number, share: number): number =>
  timeOf(plan, locomotiveLength + (index - 1 + share) * vehicleLength);

export const passEnd = (plan: PassPlan): number =>
  timeOf(plan, 2 * locomotiveLength + plan.vehicles.length * vehicleLength);

export const toMeasurement = (
  plan: PassPlan,
  planned: PlannedVehicle,
  reading: Reading,
  at: number,
): Measurement => ({
  axle: reading.axle,
  side: reading.side,
  nest: reading.nest,
  heightMm: reading.heightMm ?? null,
  confidence: reading.confidence,
  defect: reading.defect,
  imageId:
    plan.imageId ??
    imageIdentity({
      passId: plan.passId,
      at,
      vehicleIndex: planned.index,
      vehicleNumber: planned.identification?.vehicleNumber ?? '',
      axle: reading.axle,
      side: reading.side,
      nest: reading.nest,
      heightMm: reading.heightMm,
      defect: reading.defect,
    }),
});

/** One message with these readings, which all belong to one side. */
export const measuredEvent = (
  plan: PassPlan,
  planned: PlannedVehicle,
  side: Side,
  readings: readonly Reading[],
  at: number,
): SpringsMeasured => ({
  type: 'springs.measured',
  at: iso(at),
  passId: plan.passId,
  index: planned.index,
  cameraId: plan.cameras[side],
  measurements: readings.map((reading) => toMeasurement(plan, planned, reading, at)),
});

export const identifiedEvent = (
  plan: PassPlan,
  planned: PlannedVehicle,
  at: number,
): VehicleIdentified | undefined =>
  planned.identification && {
    type: 'vehicle.identified',
    at: iso(at),
    passId: plan.passId,
    index: planned.index,
    ...planned.identification,
  };

interface Timed {
  at: number;
  event: PassEvent;
}

const vehicleEvents = (plan: PassPlan, planned: PlannedVehicle): Timed[] => {
  const events: Timed[] = [];
  const identify = (at: number): void => {
    const event = identifiedEvent(plan, planned, at);
    if (event !== undefined) events.push({ at, event });
  };
  const head = vehicleTime(plan, planned.index, 0.1);
  const tail = vehicleTime(plan, planned.index, 0.9);
  if (planned.identified === 'first') identify(head);
  for (const side of ['left', 'right'] as const) {
    const seen = planned.readings.filter((reading) => reading.side === side && !reading.omitted);
    if (seen.length > 0) events.push({ at: tail, event: measuredEvent(plan, planned, side, seen, tail) });
  }
  if (planned.identified === 'after-measurements') identify(vehicleTime(plan, planned.index, 1.4));
  if (planned.identified === 'after-end') identify(passEnd(plan) + 4000 / plan.acceleration);
  return events;
};

/** The events of a planned pass in the order of their times; each event's `at` is the time at which it is sent. */
export const passEvents = (plan: PassPlan): PassEvent[] => {
  const end = passEnd(plan);
  const { passId, trainNumber, track, direction } = plan;
  const events: Timed[] = [
    {
      at: plan.startedAt,
      event: { type: 'pass.started', at: iso(plan.startedAt), passId, trainNumber, track, direction },
    },
  ];
  const reached = plan.ending === 'completed' ? plan.vehicles.length : Math.ceil(plan.vehicles.length / 2);
  for (const planned of plan.vehicles.slice(0, reached)) events.push(...vehicleEvents(plan, planned));
  if (plan.ending === 'completed') {
    events.push({
      at: end,
      event: {
        type: 'pass.completed',
        at: iso(end),
        passId,
        vehicleCount: plan.vehicleCount,
        speedKmh: plan.speedKmh,
      },
    });
  } else if (plan.ending === 'aborted') {
    const at = vehicleTime(plan, reached + 1, 0.5);
    events.push({ at, event: { type: 'pass.aborted', at: iso(at), passId, reason: plan.abortReason } });
  }
  for (const { from, offsetMs, event } of plan.extras) {
    const at = (from === 'start' ? plan.startedAt : end) + offsetMs / plan.acceleration;
    events.push({ at, event: { ...event, at: iso(at) } });
  }
  // The sort is stable: events of one moment keep the order in which they were made.
  return events.toSorted((one, two) => one.at - two.at).map(({ event }) => event);
};
