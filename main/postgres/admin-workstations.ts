import type { Workstation } from '../../contract/domain.ts';
import type { AdminRecord } from '../admin/ports.ts';
import type { Ask } from './ask.ts';
import { applicationName } from './connection.ts';
import { type List, readPage } from './pages.ts';
import { milliseconds, present } from './queryable.ts';
import { writerConnectionName, writerConnectionText } from './writer-lock.ts';

interface WorkstationRow extends Omit<Workstation, 'writer'> {
  /** The name of the connection that holds the writer's lock. */
  readonly holder: string | null;
}

const list: List<WorkstationRow, Workstation> = {
  label: 'list-workstations',
  columns: `w.name, w.version, ${milliseconds('w.first_seen_at')} as "firstSeenAt",
    ${milliseconds('w.last_seen_at')} as "lastSeenAt", w.person, ${writerConnectionText} as holder`,
  from: 'vicore.workstation w',
  keys: [{ sql: 'w.name', type: 'text' }],
  order: 'asc',
  toItem: ({ holder, ...row }) => ({
    ...present(row),
    // The name as PostgreSQL keeps it.
    writer: holder === applicationName(writerConnectionName(row.name)),
  }),
};

export const createAdminWorkstations = (ask: Ask): Pick<AdminRecord, 'listWorkstations'> => ({
  listWorkstations: (page) => readPage(ask, list, page),
});
