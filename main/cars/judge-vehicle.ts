import type { State, ThresholdSet, TypeLimits, VehicleEnd } from '../../contract/domain.ts';
import type { SpringEvidence } from '../springs/evidence.ts';
import type { Finding } from '../springs/finding.ts';
import type { SpringsJudgement } from '../springs/judge-springs.ts';
import { lowerMedian } from '../springs/median.ts';
import { fixedSide, positionCode, runningSide } from '../springs/position.ts';
import type { FixedSide } from '../springs/position.ts';
import { relativeHeights } from './relative-height.ts';

/** What of the vehicle's earlier passes rules 5 and 6 rest on; see vehicle-history.ts. */
export interface PastOfVehicle {
  /** The earliest `window` relative heights of the position in which it was `ok`. */
  baseline(index: number, window: number): readonly number[];
  /** Whether the position was blank in each of the latest `passes` in which its side was not camera-blind. */
  blankInLatest(index: number, passes: number): boolean;
}

export interface VehicleFacts {
  readonly identified: boolean;
  readonly contradicted: boolean;
  /** Of an unidentified vehicle `A`. */
  readonly leadingEnd: VehicleEnd;
  readonly evidence: readonly (SpringEvidence | undefined)[];
}

export interface EndedVehicle {
  readonly states: readonly (State | undefined)[];
  readonly state: State;
  readonly blankCount: number;
  readonly relativeCmm: readonly (number | null)[];
  readonly blindSides: readonly FixedSide[];
  readonly findings: readonly Finding[];
}

const stateRank: Record<State, number> = { ok: 0, unmeasured: 1, warning: 2, critical: 3 };

/** critical > warning > unmeasured > ok; nothing is better than anything. */
export function worseState(left: State | undefined, right: State | undefined): State | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return stateRank[left] >= stateRank[right] ? left : right;
}

/** Rule 9 (identity): a contradiction speaks at once, a missing identification when the pass has ended. */
export function identityFinding(facts: VehicleFacts, ended: boolean): Finding | undefined {
  if (!facts.contradicted && (facts.identified || !ended)) return undefined;
  return { rule: 'identity', severity: 'warning', sure: true };
}

/** The worst of the springs' critical, warning and ok; at least warning under rule 9. */
export function stateInProgress(
  states: readonly (State | undefined)[],
  contradicted: boolean,
): State | undefined {
  let worst: State | undefined = contradicted ? 'warning' : undefined;
  for (const state of states) if (state !== 'unmeasured') worst = worseState(worst, state);
  return worst;
}

/** Rules 5, 6, 8 and 9 of docs/domain.md for a vehicle of an ended pass, on top of the judgement of its springs. */
export function judgeEndedVehicle(
  facts: VehicleFacts,
  springs: SpringsJudgement,
  blindRunningSides: ReadonlySet<'left' | 'right'>,
  past: PastOfVehicle,
  limits: TypeLimits,
  set: ThresholdSet,
): EndedVehicle {
  const relativeCmm = relativeHeights(facts.evidence, springs.measured);
  const blindSides = (['L', 'R'] as const).filter((side) =>
    blindRunningSides.has(runningSide(side, facts.leadingEnd)),
  );
  const states = [...springs.states];
  const findings: Finding[] = [...springs.findings];
  const speak = (index: number, finding: Finding): void => {
    findings.push(finding);
    if (states[index] !== 'critical') states[index] = 'warning';
  };

  let blankCount = 0;
  let blankAndSeen = 0;
  for (let index = 0; index < states.length; index += 1) {
    const blind = blindSides.includes(fixedSide(index));
    if (springs.blank[index]) {
      blankCount += 1;
      if (!blind) blankAndSeen += 1;
    }
    if (!facts.identified) continue;
    const finding = trendFinding(index) ?? (blind ? undefined : unseenFinding(index));
    if (finding) speak(index, finding);
  }
  if (blankAndSeen >= set.incomplete) {
    const counts = { value: blankAndSeen, limit: set.incomplete };
    findings.push({ rule: 'incomplete', severity: 'warning', ...counts, sure: true });
  }
  const identity = identityFinding(facts, true);
  if (identity) findings.push(identity);
  const state = stateInProgress(states, identity !== undefined) ?? 'unmeasured';
  const incomplete = state === 'ok' && blankCount >= set.incomplete;
  return {
    states,
    state: incomplete ? 'unmeasured' : state,
    blankCount,
    relativeCmm,
    blindSides,
    findings,
  };

  /** Rule 5 (trend): slow settling adds up against the springs's own beginnings. */
  function trendFinding(index: number): Finding | undefined {
    const relative = relativeCmm[index];
    if (relative === null || relative === undefined || springs.explained[index]) return undefined;
    const baseline = past.baseline(index, limits.window);
    if (baseline.length === 0 || baseline.length < limits.minHistory) return undefined;
    const drop = lowerMedian(baseline) - relative;
    if (drop < limits.dropCmm) return undefined;
    const position = positionCode(index);
    return { rule: 'trend', position, severity: 'warning', value: drop, limit: limits.dropCmm, sure: true };
  }

  /** Rule 6 (unseen): steel that was not seen is not fine. */
  function unseenFinding(index: number): Finding | undefined {
    if (!springs.blank[index] || !past.blankInLatest(index, set.unseenPasses - 1)) return undefined;
    const counts = { value: set.unseenPasses, limit: set.unseenPasses };
    return { rule: 'unseen', position: positionCode(index), severity: 'warning', ...counts, sure: true };
  }
}
