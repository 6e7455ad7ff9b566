import type { AdminRecord } from '../admin/ports.ts';
import { createAdminCameras } from './admin-cameras.ts';
import { createAdminSettings } from './admin-settings.ts';
import { createAdminSites } from './admin-sites.ts';
import { createAdminThresholds } from './admin-thresholds.ts';
import { createAdminUsers } from './admin-users.ts';
import { createAdminVehicleTypes } from './admin-vehicle-types.ts';
import { createAdminWorkstations } from './admin-workstations.ts';
import type { Ask } from './ask.ts';
import { createAdminGuidance } from './guidance.ts';

/** What admins look after, as PostgreSQL has it (resources/migrations/0008_reference_data.sql). */
export const createAdminRecord = (ask: Ask): AdminRecord => ({
  ...createAdminUsers(ask),
  ...createAdminThresholds(ask),
  ...createAdminVehicleTypes(ask),
  ...createAdminSites(ask),
  ...createAdminCameras(ask),
  ...createAdminSettings(ask),
  ...createAdminGuidance(ask),
  ...createAdminWorkstations(ask),
});
