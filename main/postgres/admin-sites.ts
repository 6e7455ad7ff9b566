import type { Site } from '../../contract/domain.ts';
import type { AdminRecord } from '../admin/ports.ts';
import { edit } from './admin-outcome.ts';
import type { Ask } from './ask.ts';
import { type List, readPage } from './pages.ts';
import { present } from './queryable.ts';
import { storable } from './text.ts';

/** Select list over `s`, a row of site or a place that nobody has named; the stream is the latest from there. */
const columns = `s.site, s.track, s.name, s.time_zone as "timeZone", s.revision,
  coalesce((select p.stream_id from vicore.stream_position p where p.site = s.site and p.track = s.track
    order by p.updated_at desc limit 1), '') as "streamId"`;

const list: List<Site, Site> = {
  label: 'list-sites',
  columns,
  from: `(select site, track, name, time_zone, revision from vicore.site
    union all
    select distinct p.site, p.track, null, null, 0 from vicore.stream_position p
      where p.site <> '' and not exists (select from vicore.site k where k.site = p.site and k.track = p.track)) s`,
  keys: [
    { sql: 's.site', type: 'text' },
    { sql: 's.track', type: 'text' },
  ],
  order: 'asc',
  toItem: present,
};

const given = (text: string | undefined): string | null =>
  text === undefined || text === '' ? null : storable(text);

export const createAdminSites = (ask: Ask): Pick<AdminRecord, 'listSites' | 'saveSite'> => ({
  listSites: (page) => readPage(ask, list, page),
  saveSite: ({ site, track, name, timeZone, revision }, act) =>
    edit<Site, Site>(ask, act, {
      name: 'save_site',
      parameters: [storable(site), storable(track), given(name), given(timeZone), revision],
      member: 'site',
      alias: 's',
      columns,
      toItem: present,
    }),
});
