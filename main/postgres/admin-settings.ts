import { success } from '../../contract/errors.ts';
import type { AdminRecord, SharedSetting } from '../admin/ports.ts';
import { edit } from './admin-outcome.ts';
import type { Ask } from './ask.ts';
import { milliseconds } from './queryable.ts';
import { storable } from './text.ts';

const columns = `s.key, s.value, s.updated_by as "updatedBy", ${milliseconds('s.updated_at')} as "updatedAt", s.reason,
  s.revision`;

export const createAdminSettings = (ask: Ask): Pick<AdminRecord, 'readSettings' | 'saveSetting'> => ({
  readSettings: () =>
    ask<{ readonly row: SharedSetting }, readonly SharedSetting[]>(
      {
        label: 'read-settings',
        text: `select to_json(x) as row from (select ${columns} from vicore.setting s order by s.key) x`,
        values: [],
      },
      (rows) => success(rows.map(({ row }) => row)),
    ),
  saveSetting: ({ key, value, reason, revision }, act) =>
    edit<SharedSetting, SharedSetting>(ask, act, {
      name: 'save_setting',
      parameters: [key, value, storable(reason), revision],
      member: 'setting',
      alias: 's',
      columns,
      toItem: (row) => row,
    }),
});
