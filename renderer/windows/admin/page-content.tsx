import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { AdminPage } from '../../../contract/results.ts';

/** Each page is loaded when it is first opened. */
const UsersPage = lazy(async () => ({
  default: (await import('../../features/users/users-page.tsx')).UsersPage,
}));
const AuditPage = lazy(async () => ({
  default: (await import('../../features/audit/audit-page.tsx')).AuditPage,
}));
const others: Readonly<Record<Exclude<AdminPage, 'users' | 'audit'>, ComponentType>> = {
  thresholds: lazy(async () => ({
    default: (await import('../../features/thresholds/thresholds-page.tsx')).ThresholdsPage,
  })),
  'vehicle-types': lazy(async () => ({
    default: (await import('../../features/vehicle-types/vehicle-types-page.tsx')).VehicleTypesPage,
  })),
  cameras: lazy(async () => ({
    default: (await import('../../features/sites/cameras-page.tsx')).CamerasPage,
  })),
  settings: lazy(async () => ({
    default: (await import('../../features/settings/settings-page.tsx')).SettingsPage,
  })),
  workstations: lazy(async () => ({
    default: (await import('../../features/workstations/workstations-page.tsx')).WorkstationsPage,
  })),
  guidance: lazy(async () => ({
    default: (await import('../../features/guidance/guidance-page.tsx')).GuidancePage,
  })),
  statistics: lazy(async () => ({
    default: (await import('../../features/statistics/statistics-page.tsx')).StatisticsPage,
  })),
};

interface PageContentProps {
  readonly page: AdminPage;
  /** Whose acts the audit log is to show; a new object for each time somebody asks. */
  readonly wantedActor: { readonly actor: string } | undefined;
  readonly onShowAudit: (actor: string) => void;
}

/** The feature behind a page, with what leads from one page to another. */
export const PageContent = ({ page, wantedActor, onShowAudit }: PageContentProps) => {
  if (page === 'users') return <UsersPage onShowAudit={onShowAudit} />;
  if (page === 'audit') return <AuditPage wanted={wantedActor} />;
  const Page = others[page];
  return <Page />;
};
