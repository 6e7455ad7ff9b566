import type { AlertPerson, SharedAlertActs } from '../alerts/ports.ts';
import type { Ask } from './ask.ts';
import { type Condition, containing, type List, readPage } from './pages.ts';

const list: List<AlertPerson, AlertPerson> = {
  label: 'alert-people',
  columns: 'u.subject, u.display_name as name, u.role',
  from: 'vicore.app_user u',
  keys: [
    { sql: 'lower(u.display_name)', type: 'text' },
    { sql: 'u.id::text', type: 'text' },
  ],
  order: 'asc',
  toItem: (row) => row,
};

/** Who may own an alert. */
export const createAlertPeople = (ask: Ask): Pick<SharedAlertActs, 'people'> => ({
  people({ search, ...page }) {
    const conditions: Condition[] = [
      ['u.active and u.pseudonym is null and u.role = any ($?)', ['operator', 'supervisor', 'admin']],
    ];
    if (search !== undefined && search !== '')
      conditions.push(['u.display_name ilike $?', containing(search)]);
    return readPage(ask, list, page, conditions);
  },
});
