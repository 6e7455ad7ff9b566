import type { PassFault, PassFaultName } from './faults.ts';
import { hostileStrings } from './hostile.ts';
import { iso, measuredEvent, passEnd, vehicleTime } from './pass-events.ts';
import type { PassPlan, PlannedVehicle, Reading } from './pass-plan.ts';
import { hundredths } from './physics.ts';
import { fixedPosition } from './positions.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

/** What a fault works on. Vehicle and reading are chosen when they are first asked for. */
interface Scene {
  plan: PassPlan;
  fault: PassFault;
  random: Random;
  vehicle: PlannedVehicle;
  reading: Reading;
}

type Applied = { position?: true; vehicle?: true };
const aboutSpring: Applied = { position: true, vehicle: true };
const aboutVehicle: Applied = { vehicle: true };
const aboutTrain: Applied = {};

const sureConfidence = ({ fault, random }: Scene): number =>
  fault.confidence ?? Math.round(random.between(0.88, 0.98) * 1000) / 1000;

const defective =
  (defect: Reading['defect'], change: (heightMm: number) => number | undefined) =>
  (scene: Scene): Applied => {
    const { reading, fault } = scene;
    reading.defect = defect;
    reading.confidence = sureConfidence(scene);
    reading.heightMm =
      fault.millimetres ?? (reading.heightMm === undefined ? undefined : change(reading.heightMm));
    return aboutSpring;
  };

const height =
  (usual: number, confidence?: number) =>
  (scene: Scene): Applied => {
    scene.reading.heightMm = scene.fault.millimetres ?? usual;
    scene.reading.confidence = scene.fault.confidence ?? confidence ?? sureConfidence(scene);
    return aboutSpring;
  };

/** One more message about the chosen spring, so many milliseconds after its vehicle has passed. */
const measureAgain = ({ plan, vehicle, reading }: Scene, change: Partial<Reading>, share = 1.6): void => {
  const offsetMs = (vehicleTime(plan, vehicle.index, share) - plan.startedAt) * plan.acceleration;
  const again = { ...reading, omitted: false, ...change };
  const event = measuredEvent(plan, vehicle, again.side, [again], plan.startedAt);
  plan.extras.push({ from: 'start', offsetMs, event });
};

const reaxle = ({ vehicle }: Scene, axles: number): void => {
  const template = [...vehicle.readings];
  const perAxle = 4;
  vehicle.readings = Array.from({ length: axles * perAxle }, (_, index): Reading => {
    const source = template[index % template.length];
    if (source === undefined) throw new Error('a vehicle without springs');
    const axle = Math.floor(index / perAxle) + 1;
    return { ...source, axle, fixed: fixedPosition({ ...source, axle }, axles, vehicle.leadingEnd) };
  });
  if (vehicle.identification) vehicle.identification.axles = axles;
};

const rules: Record<PassFaultName, (scene: Scene) => Applied> = {
  broken: defective('broken', (heightMm) => hundredths(heightMm - 30)),
  missing: defective('missing', () => undefined),
  solid: defective('solid', () => 162.5),
  displaced: defective('displaced', (heightMm) => hundredths(heightMm - 2)),
  'low-height': height(172),
  'high-height': height(292),
  doubtful: height(172, 0.5),
  asymmetry: (scene) => {
    const { reading, vehicle, fault } = scene;
    const opposite = vehicle.readings.find(
      ({ axle, side, nest }) => axle === reading.axle && nest === reading.nest && side !== reading.side,
    );
    const base = opposite?.heightMm ?? 230;
    const difference = fault.millimetres ?? 14;
    // Towards the middle of the band, so that neither spring breaks a limit of its own.
    reading.heightMm = hundredths(base + (base > 230 ? -difference : difference));
    reading.confidence = sureConfidence(scene);
    return aboutSpring;
  },
  settling: ({ reading, fault, plan }) => {
    const days =
      fault.since === undefined ? 0 : Math.max(0, plan.startedAt - Date.parse(fault.since)) / 86_400_000;
    const drop = (fault.millimetres ?? 0) + days * (fault.perDay ?? 0);
    if (reading.heightMm !== undefined) reading.heightMm = hundredths(Math.max(100, reading.heightMm - drop));
    return aboutSpring;
  },
  'unseen-spring': ({ reading }) => {
    reading.heightMm = undefined;
    reading.confidence = 0.12;
    return aboutSpring;
  },
  'camera-blind': ({ plan, fault }) => {
    for (const reading of plan.vehicles.flatMap(({ readings }) => readings)) {
      if (reading.side === (fault.side ?? 'left')) reading.omitted = true;
    }
    return aboutTrain;
  },
  incomplete: ({ vehicle, fault }) => {
    for (const reading of vehicle.readings.slice(0, fault.count ?? 5)) reading.omitted = true;
    return aboutVehicle;
  },
  'identity-contradiction': ({ plan, vehicle }) => {
    const { identification } = vehicle;
    if (identification === undefined) return aboutVehicle;
    plan.extras.push({
      from: 'start',
      offsetMs: (vehicleTime(plan, vehicle.index, 1.8) - plan.startedAt) * plan.acceleration,
      event: {
        type: 'vehicle.identified',
        at: iso(plan.startedAt),
        passId: plan.passId,
        index: vehicle.index,
        ...identification,
        vehicleNumber: `${identification.vehicleNumber.slice(0, -1)}X`,
      },
    });
    return aboutVehicle;
  },
  unidentified: ({ vehicle }) => {
    vehicle.identification = undefined;
    return aboutVehicle;
  },
  'unknown-type': (scene) => {
    reaxle(scene, scene.fault.axles ?? 6);
    if (scene.vehicle.identification)
      scene.vehicle.identification.vehicleType = scene.fault.kind ?? 'carrier-mystery';
    return aboutVehicle;
  },
  'axle-mismatch': (scene) => {
    reaxle(scene, scene.fault.axles ?? 6);
    return aboutVehicle;
  },
  'foreign-axle': ({ vehicle }) => {
    const source = vehicle.readings[0];
    if (source !== undefined) vehicle.readings.push({ ...source, axle: 8, fixed: '8La' });
    return aboutVehicle;
  },
  'count-mismatch': ({ plan, fault }) => {
    plan.vehicleCount = Math.max(0, plan.vehicles.length - (fault.count ?? 1));
    return aboutTrain;
  },
  conflict: (scene) => {
    const heightMm = hundredths((scene.reading.heightMm ?? 230) + (scene.fault.millimetres ?? 20));
    measureAgain(scene, { heightMm, confidence: scene.fault.confidence ?? 0.81 });
    scene.reading.confidence = Math.max(scene.reading.confidence, 0.9);
    return aboutSpring;
  },
  refined: (scene) => {
    measureAgain(scene, { confidence: 0.97 });
    scene.reading.heightMm = scene.fault.millimetres ?? 172;
    scene.reading.confidence = scene.fault.confidence ?? 0.55;
    return aboutSpring;
  },
  'late-identification': ({ vehicle }) => {
    vehicle.identified = 'after-end';
    return aboutVehicle;
  },
  'late-measurement': (scene) => {
    const { plan, vehicle, reading, fault } = scene;
    const late = { ...reading, heightMm: fault.millimetres ?? 171, confidence: 0.99 };
    const event = measuredEvent(plan, vehicle, late.side, [late], passEnd(plan));
    plan.extras.push({ from: 'end', offsetMs: (fault.seconds ?? 5) * 1000, event });
    return aboutSpring;
  },
  aborted: ({ plan }) => {
    plan.ending = 'aborted';
    return aboutTrain;
  },
  abandoned: ({ plan }) => {
    plan.ending = 'abandoned';
    return aboutTrain;
  },
  hostile: ({ plan, vehicle, fault, random }) => {
    const kinds = Object.keys(hostileStrings);
    const text = hostileStrings[fault.kind ?? random.pick(kinds)] ?? '__proto__';
    plan.trainNumber = text.slice(0, 12);
    plan.imageId = text.slice(0, 128);
    plan.abortReason = text.slice(0, 200);
    if (vehicle.identification) {
      vehicle.identification.vehicleNumber = text.slice(0, 20);
      vehicle.identification.vehicleType = text.slice(0, 64);
    }
    return aboutVehicle;
  },
  'foreign-pass': (scene) => {
    measureAgain(scene, {});
    const last = scene.plan.extras.at(-1);
    if (last !== undefined) last.event = { ...last.event, passId: scene.random.uuid() };
    return aboutVehicle;
  },
};

/**
 * Changes the plan as the fault says and notes what was done in `plan.injections`.
 * False when the fault names a vehicle, number or position that the pass does not have.
 */
export const applyPassFault = (plan: PassPlan, fault: PassFault): boolean => {
  const random = createRandom(plan.passId, fault.name, fault.vehicle ?? '', fault.position ?? '');
  const reached =
    plan.ending === 'completed' ? plan.vehicles : plan.vehicles.slice(0, Math.ceil(plan.vehicles.length / 2));
  const wanted =
    fault.number === undefined
      ? plan.vehicles[(fault.vehicle ?? random.integer(1, reached.length)) - 1]
      : plan.vehicles.find(({ vehicle }) => vehicle.number === fault.number);
  if (wanted === undefined) return false;
  const position =
    fault.position ?? wanted.readings[random.integer(0, wanted.readings.length - 1)]?.fixed ?? '';
  const reading = wanted.readings.find(({ fixed }) => fixed === position);
  if (reading === undefined) return false;
  const about = rules[fault.name]({ plan, fault, random, vehicle: wanted, reading });
  plan.injections.push({
    fault: fault.name,
    ...(about.vehicle && { vehicleIndex: wanted.index, vehicleNumber: wanted.vehicle.number }),
    ...(about.position && {
      position: reading.fixed,
      side: reading.side,
      ...(reading.heightMm !== undefined && { heightMm: reading.heightMm }),
    }),
    ...(fault.name === 'camera-blind' && { side: fault.side ?? 'left' }),
  });
  return true;
};
