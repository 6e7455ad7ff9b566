import type { ThresholdSet, ThresholdVersion } from '../../contract/domain.ts';
import type { AdminRecord } from '../admin/ports.ts';
import { edit } from './admin-outcome.ts';
import type { Ask } from './ask.ts';
import { type List, readPage } from './pages.ts';
import { milliseconds } from './queryable.ts';
import { storable, storableJson } from './text.ts';
import { thresholdColumns, type ThresholdRow, toThresholdSet } from './threshold-rows.ts';

interface VersionRow extends ThresholdRow {
  readonly savedAt: number | null;
}

const toVersion = ({ savedAt, ...row }: VersionRow): ThresholdVersion => ({
  ...toThresholdSet(row),
  ...(savedAt === null ? undefined : { savedAt }),
});

/** When a version was saved says the audit row that was written with it. */
const list: List<VersionRow, ThresholdVersion> = {
  label: 'list-thresholds',
  columns: `${thresholdColumns}, (select ${milliseconds('l.at')} from vicore.audit_log l
    where l.entity = 'threshold_set' and l.entity_id = t.version::text and l.action = 'threshold.save'
    order by l.id limit 1) as "savedAt"`,
  from: 'vicore.threshold_set t',
  keys: [{ sql: 't.version', type: 'bigint' }],
  order: 'desc',
  toItem: toVersion,
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
