import type { ThresholdSet, ThresholdValues } from '../../contract/domain.ts';
import { milliseconds } from './queryable.ts';

export interface ThresholdRow extends Omit<ThresholdSet, keyof ThresholdValues> {
  readonly rules: ThresholdValues;
}

/** Select list over threshold_set `t`. In force since the beginning of time is 0 here: no pass is older. */
export const thresholdColumns = `t.version,
  case when isfinite(t.effective_at) then ${milliseconds('t.effective_at')} else 0 end as "effectiveAt",
  t.created_by as "createdBy", t.reason, t.rules`;

export const toThresholdSet = ({ rules, ...facts }: ThresholdRow): ThresholdSet => ({ ...facts, ...rules });
