import type { Role } from '../../../contract/domain.ts';
import { adminPages } from '../../../contract/results.ts';
import type { AdminPage } from '../../../contract/results.ts';

/** Of the methods that a page lives on (contract/methods.ts). For the eye only: main decides at every call. */
export const roleOfPage: Readonly<Record<AdminPage, Role>> = {
  users: 'admin',
  thresholds: 'admin',
  'vehicle-types': 'admin',
  cameras: 'admin',
  settings: 'admin',
  workstations: 'admin',
  guidance: 'admin',
  statistics: 'supervisor',
  audit: 'supervisor',
};

/** What the navigation lists: all that the rights reach, and the page one is on, whose text is kept. */
export const listedPages = (
  allows: (role: Role) => boolean,
  current: AdminPage | undefined,
): readonly AdminPage[] => adminPages.filter((page) => page === current || allows(roleOfPage[page]));

/** Where the window begins when nothing says otherwise. */
export const firstPage = (allows: (role: Role) => boolean): AdminPage =>
  adminPages.find((page) => allows(roleOfPage[page])) ?? 'users';
