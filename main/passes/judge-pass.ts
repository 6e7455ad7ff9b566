import type { State } from '../../contract/domain.ts';
import { identityFinding, judgeEndedVehicle, stateInProgress, worseState } from '../cars/judge-vehicle.ts';
import type { VehicleFacts } from '../cars/judge-vehicle.ts';
import type { VehicleHistories } from '../cars/vehicle-history.ts';
import { judgeSprings } from '../springs/judge-springs.ts';
import type { SpringsJudgement } from '../springs/judge-springs.ts';
import { limitsFor } from '../springs/thresholds.ts';
import type { Batch, Cause } from './batch.ts';
import { tellHistories } from './history-rows.ts';
import { countMismatch, judgeSides } from './pass-rules.ts';
import { reconcile } from './reconcile.ts';
import { vehiclesInOrder } from './working-pass.ts';
import type { WorkingPass } from './working-pass.ts';
import { leadingEndOf } from './working-vehicle.ts';
import type { WorkingVehicle } from './working-vehicle.ts';

const factsOf = (vehicle: WorkingVehicle): VehicleFacts => ({
  identified: vehicle.identification !== undefined,
  contradicted: vehicle.contradicted,
  leadingEnd: leadingEndOf(vehicle),
  evidence: vehicle.evidence,
});

function springsOf(pass: WorkingPass, vehicle: WorkingVehicle, ended: boolean): SpringsJudgement {
  const limits = limitsFor(pass.thresholds, vehicle.identification?.vehicleType);
  return judgeSprings(vehicle.evidence, limits, pass.thresholds, ended);
}

/** After each message of a pass in progress: rules 1 to 4, and 9 when contradicted, for the vehicle it is about. */
export function judgeInProgress(
  batch: Batch,
  pass: WorkingPass,
  vehicle: WorkingVehicle,
  cause: Cause,
): void {
  const springs = springsOf(pass, vehicle, false);
  vehicle.states = springs.states;
  vehicle.state = stateInProgress(springs.states, vehicle.contradicted);
  vehicle.blankCount = springs.states.filter((state) => state === 'unmeasured').length;
  pass.changedVehicles.add(vehicle);
  const identity = identityFinding(factsOf(vehicle), false);
  reconcile(batch, pass, vehicle.index, identity ? [...springs.findings, identity] : springs.findings, cause);
  let state: State | undefined;
  for (const other of pass.vehicles.values()) state = worseState(state, other.state);
  pass.row = { ...pass.row, state };
}

/** When the pass has ended, and after every message that still changes something in it: all rules. */
export async function judgeEnded(
  batch: Batch,
  pass: WorkingPass,
  histories: VehicleHistories,
  cause: Cause,
): Promise<void> {
  const { thresholds, row } = pass;
  const vehicles = vehiclesInOrder(pass).map((vehicle) => ({
    vehicle,
    facts: factsOf(vehicle),
    limits: limitsFor(thresholds, vehicle.identification?.vehicleType),
    springs: springsOf(pass, vehicle, true),
  }));
  const sides = judgeSides(vehicles, thresholds.blindShare);
  const mismatch = countMismatch(
    vehicles.map(({ vehicle }) => vehicle.index),
    row.vehicleCount,
  );
  reconcile(batch, pass, undefined, mismatch ? [...sides.findings, mismatch] : sides.findings, cause);

  const needs = vehicles.flatMap(({ vehicle, limits, springs }) => {
    const vehicleNumber = vehicle.identification?.vehicleNumber;
    if (vehicleNumber === undefined) return [];
    const { axles } = vehicle;
    return [{ vehicleNumber, axles, window: limits.window, blank: springs.blank.includes(true) }];
  });
  const site = { site: row.site, siteTrack: row.siteTrack };
  await histories.prepare(site, row.startedAt, thresholds.unseenPasses, needs);

  let state: State | undefined = sides.blind.size > 0 ? 'critical' : undefined;
  for (const { vehicle, facts, limits, springs } of vehicles) {
    const past = histories.past(site, row.startedAt, vehicle.identification?.vehicleNumber);
    const judged = judgeEndedVehicle(facts, springs, sides.blind, past, limits, thresholds);
    reconcile(batch, pass, vehicle.index, judged.findings, cause);
    vehicle.states = judged.states;
    vehicle.state = judged.state;
    vehicle.blankCount = judged.blankCount;
    vehicle.relativeCmm = judged.relativeCmm;
    vehicle.blindSides = judged.blindSides;
    pass.changedVehicles.add(vehicle);
    state = worseState(state, judged.state);
  }
  if (row.aborted || vehicles.length === 0) state = worseState(state, 'unmeasured');
  if (mismatch) state = worseState(state, 'warning');
  pass.row = { ...row, state };
  tellHistories(histories, pass);
}
