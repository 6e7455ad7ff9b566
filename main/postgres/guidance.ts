import type { Guidance } from '../../contract/domain.ts';
import { type Result, success } from '../../contract/errors.ts';
import type { AdminRecord } from '../admin/ports.ts';
import { edit } from './admin-outcome.ts';
import type { Ask } from './ask.ts';
import { type List, readPage } from './pages.ts';
import { milliseconds, present } from './queryable.ts';
import { storable, storableJson } from './text.ts';

const columns = `g.rule, g.severity, g.text_en as "textEn", g.text_fr as "textFr", g.checklist,
  g.updated_by as "updatedBy", ${milliseconds('g.updated_at')} as "updatedAt", g.revision`;

/** Every rule and severity; in the order of the rules (docs/domain.md), critical first. */
const list: List<Guidance, Guidance> = {
  label: 'list-guidance',
  columns: `k.rule, k.severity, coalesce(g.text_en, '') as "textEn", coalesce(g.text_fr, '') as "textFr",
    coalesce(g.checklist, '[]') as checklist, g.updated_by as "updatedBy", ${milliseconds('g.updated_at')} as "updatedAt",
    coalesce(g.revision, 0) as revision`,
  from: `(select r.rule, s.severity, (r.place - 1) * 2 + s.place as place
      from unnest(array['defect', 'height', 'asymmetry', 'conflict', 'trend', 'unseen', 'incomplete', 'identity',
          'count-mismatch', 'camera-blind', 'data-gap']) with ordinality as r (rule, place)
        cross join unnest(array['critical', 'warning']) with ordinality as s (severity, place)) k
    left join vicore.guidance g on g.rule = k.rule and g.severity = k.severity`,
  keys: [{ sql: 'k.place', type: 'bigint' }],
  order: 'asc',
  toItem: present,
};

/** All that somebody has written. */
export const readGuidance = (ask: Ask): Promise<Result<readonly Guidance[]>> =>
  ask<{ readonly row: Guidance }, readonly Guidance[]>(
    {
      label: 'read-guidance',
      text: `select to_json(x) as row
        from (select ${columns} from vicore.guidance g order by g.rule, g.severity) x`,
      values: [],
    },
    (rows) => success(rows.map(({ row }) => row)),
  );

export const createAdminGuidance = (ask: Ask): Pick<AdminRecord, 'listGuidance' | 'saveGuidance'> => ({
  listGuidance: (page) => readPage(ask, list, page),
  saveGuidance: ({ rule, severity, textEn, textFr, checklist, revision }, act) =>
    edit<Guidance, Guidance>(ask, act, {
      name: 'save_guidance',
      parameters: [rule, severity, storable(textEn), storable(textFr), storableJson(checklist), revision],
      member: 'guidance',
      alias: 'g',
      columns,
      toItem: (row) => row,
    }),
});
