import type { PassDetail } from '../../contract/changes.ts';
import type {
  Camera,
  CameraStatusChange,
  Guidance,
  Role,
  SettingKey,
  Site,
  ThresholdSet,
  ThresholdVersion,
  ThresholdValues,
  User,
  VehicleType,
  Workstation,
} from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import type { Page } from '../../contract/results.ts';
import type { Act } from '../audit/act.ts';

export interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface SharedSetting {
  readonly key: SettingKey;
  readonly value: number;
  readonly updatedBy: string;
  readonly updatedAt: number;
  readonly reason: string;
  readonly revision: number;
}

type Change<Name extends keyof CheckedInputs> = CheckedInputs[Name];

/**
 * What admins look after, in the shared record. Every write is one database function: it checks the person's role,
 * compares the revision (`conflict`, details `{ current }` with the row as it is now: nothing is overwritten), writes
 * and audits in one transaction. Away: `database-away`; refused by the database: `forbidden`.
 */
export interface AdminRecord {
  listUsers(
    query: PageQuery & { readonly search?: string | undefined; readonly role?: Role | undefined },
  ): Promise<Result<Page<User>>>;
  changeUser(change: Change<'admin.changeUser'>, act: Act): Promise<Result<User>>;
  pseudonymiseUser(change: Change<'admin.pseudonymiseUser'>, act: Act): Promise<Result<User>>;
  listThresholds(query: PageQuery): Promise<Result<Page<ThresholdVersion>>>;
  /** `base` is not the newest version any more: `conflict`, details `{ current: ThresholdSet }`. */
  saveThresholds(
    change: {
      readonly base: number;
      readonly values: ThresholdValues;
      readonly reason: string;
      readonly effectiveAt?: number | undefined;
    },
    act: Act,
  ): Promise<Result<ThresholdSet>>;
  listVehicleTypes(query: PageQuery): Promise<Result<Page<VehicleType>>>;
  saveVehicleType(change: Change<'admin.saveVehicleType'>, act: Act): Promise<Result<VehicleType>>;
  listSites(query: PageQuery): Promise<Result<Page<Site>>>;
  saveSite(change: Change<'admin.saveSite'>, act: Act): Promise<Result<Site>>;
  listCameras(query: PageQuery): Promise<Result<Page<Camera>>>;
  saveCamera(change: Change<'admin.saveCamera'>, act: Act): Promise<Result<Camera>>;
  cameraHistory(
    query: PageQuery & { readonly streamId: string; readonly cameraId: string },
  ): Promise<Result<Page<CameraStatusChange>>>;
  /** Only those that somebody has changed. */
  readSettings(): Promise<Result<readonly SharedSetting[]>>;
  saveSetting(change: Change<'admin.saveSetting'>, act: Act): Promise<Result<SharedSetting>>;
  /** All rules and severities, also those nobody has written for (revision 0). */
  listGuidance(query: PageQuery): Promise<Result<Page<Guidance>>>;
  saveGuidance(change: Change<'admin.saveGuidance'>, act: Act): Promise<Result<Guidance>>;
  listWorkstations(query: PageQuery): Promise<Result<Page<Workstation>>>;
}

/** The latest ended passes with their vehicles, newest first, from the replica: what other thresholds are tried on. */
export interface TrialReads {
  /** One at a time, so that 200 long trains are never in memory, nor cross a thread, at once. */
  latestEnded(limit: number): AsyncIterable<PassDetail>;
}

/** Small values that outlive a restart at this workstation. */
export interface LocalValues {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}
