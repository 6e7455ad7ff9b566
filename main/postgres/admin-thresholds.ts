import type { ThresholdSet } from '../../contract/domain.ts';
import type { AdminRecord } from '../admin/ports.ts';
import { edit } from './admin-outcome.ts';
import type { Ask } from './ask.ts';
import { type List, readPage } from './pages.ts';
import { storable, storableJson } from './text.ts';
import { thresholdColumns, type ThresholdRow, toThresholdSet } from './threshold-rows.ts';

const list: List<ThresholdRow, ThresholdSet> = {
  label: 'list-thresholds',
  columns: thresholdColumns,
  from: 'vicore.threshold_set t',
  keys: [{ sql: 't.version', type: 'bigint' }],
  order: 'desc',
  toItem: toThresholdSet,
};

export const createAdminThresholds = (ask: Ask): Pick<AdminRecord, 'listThresholds' | 'saveThresholds'> => ({
  listThresholds: (page) => readPage(ask, list, page),
  saveThresholds: ({ base, values, reason, effectiveAt }, act) =>
    edit<ThresholdRow, ThresholdSet>(ask, act, {
      name: 'save_thresholds',
      parameters: [base, storableJson(values), storable(reason), effectiveAt ?? null],
      member: '"set"',
      alias: 't',
      columns: thresholdColumns,
      toItem: toThresholdSet,
    }),
});
