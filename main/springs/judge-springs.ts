import type { State, ThresholdSet, TypeLimits } from '../../contract/domain.ts';
import { judgePair } from './asymmetry.ts';
import type { PairedSpring } from './asymmetry.ts';
import { isBlank, isMeasured } from './evidence.ts';
import type { SpringEvidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { pairCode, positionCode } from './position.ts';
import { conflictFinding, defectFinding, heightLevel } from './rules.ts';

/** Layout order throughout. */
export interface SpringsJudgement {
  /** Undefined: no measurement yet, and the pass is in progress. */
  readonly states: (State | undefined)[];
  readonly measured: readonly boolean[];
  readonly blank: readonly boolean[];
  /** A credible defect or a height finding: rule 5 (trend) is silent. */
  readonly explained: readonly boolean[];
  readonly findings: Finding[];
}

function withFinding(states: (State | undefined)[], index: number, finding: Finding): void {
  if (states[index] !== 'critical') states[index] = finding.severity;
}

/**
 * Rules 1 to 4 of docs/domain.md for the springs of one vehicle in one pass. Pure. `ended`: a spring that was
 * never measured is `unmeasured` rather than without a state.
 */
export function judgeSprings(
  evidence: readonly (SpringEvidence | undefined)[],
  limits: TypeLimits,
  set: ThresholdSet,
  ended: boolean,
): SpringsJudgement {
  const { minConfidence, sureConfidence } = set;
  const states: (State | undefined)[] = [];
  const measured: boolean[] = [];
  const blank: boolean[] = [];
  const explained: boolean[] = [];
  const findings: Finding[] = [];
  const pairs: (PairedSpring | undefined)[] = [];

  for (const [index, known] of evidence.entries()) {
    measured[index] = isMeasured(known, minConfidence);
    blank[index] = isBlank(known, minConfidence);
    states[index] = measured[index] ? 'ok' : known || ended ? 'unmeasured' : undefined;
    const credibleDefect = known?.defect !== undefined && (known.defectConfidence ?? 0) >= minConfidence;
    const heightCmm = measured[index] ? known?.heightCmm : undefined;
    const height = heightCmm === undefined ? undefined : heightLevel(heightCmm, limits);
    explained[index] = credibleDefect || height !== undefined;
    pairs[index] = heightCmm === undefined ? undefined : { heightCmm, credibleDefect, height };
  }

  const isSure = (index: number): boolean => (evidence[index]?.heightConfidence ?? 0) >= sureConfidence;
  const worsened = new Set<number>();
  for (let index = 0; index < evidence.length; index += 1) {
    if (index % 4 >= 2) continue;
    const left = pairs[index];
    const right = pairs[index + 2];
    if (!left || !right) continue;
    const asymmetry = judgePair(left, right, limits);
    if (asymmetry.kind === 'worsens-height') {
      worsened.add(index).add(index + 2);
    } else if (asymmetry.kind === 'pair') {
      const { severity, value, limit } = asymmetry;
      const sure = isSure(index) && isSure(index + 2);
      const finding: Finding = {
        rule: 'asymmetry',
        position: pairCode(index),
        severity,
        value,
        limit,
        sure,
      };
      findings.push(finding);
      withFinding(states, index, finding);
      withFinding(states, index + 2, finding);
    }
  }

  for (const [index, known] of evidence.entries()) {
    if (!known) continue;
    const position = positionCode(index);
    const own = [
      defectFinding(known, position, set),
      heightFinding(index, position),
      conflictFinding(known, position, set.conflictCmm, sureConfidence),
    ];
    for (const finding of own) {
      if (!finding) continue;
      findings.push(finding);
      withFinding(states, index, finding);
    }
  }
  return { states, measured, blank, explained, findings };

  function heightFinding(index: number, position: string): Finding | undefined {
    const spring = pairs[index];
    if (!spring?.height) return undefined;
    const { severity, limit } = spring.height;
    const finding = { rule: 'height', position, value: spring.heightCmm, limit } as const;
    if (!worsened.has(index)) return { ...finding, severity, sure: isSure(index) };
    const other = index % 4 < 2 ? index + 2 : index - 2;
    return { ...finding, severity: 'critical', sure: isSure(index) && isSure(other) };
  }
}
