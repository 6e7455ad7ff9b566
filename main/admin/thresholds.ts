import type { ThresholdSet, ThresholdValues } from '../../contract/domain.ts';
import { failure } from '../../contract/errors.ts';
import type { CallError, Result } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import { thresholdProblems } from '../../contract/threshold-order.ts';
import type { Act } from '../audit/act.ts';
import type { AdminRecord } from './ports.ts';

type Refused = { readonly ok: false; readonly error: CallError };

/** Orders that make no sense, for whoever wants to save or try them; undefined: there are none. */
export function impossibleOrder(values: ThresholdValues): Refused | undefined {
  const problems = thresholdProblems(values);
  if (problems.length === 0) return undefined;
  return failure('invalid-input', 'Limits in this order would judge nothing, or everything.', { problems });
}

/** A new version, when its limits are in a possible order; the shared record decides on the rest. */
export async function saveThresholds(
  record: Pick<AdminRecord, 'saveThresholds'>,
  change: CheckedInputs['admin.saveThresholds'],
  act: Act,
): Promise<Result<ThresholdSet>> {
  return impossibleOrder(change.values) ?? (await record.saveThresholds(change, act));
}
