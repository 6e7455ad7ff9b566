import type { Alert, Severity } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { Act } from '../audit/act.ts';
import type { AlertDetail, Page } from '../../contract/results.ts';

/** What windows ask of alerts; answered by the replica. */
export interface AlertReads {
  listAlerts(query: {
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly open?: boolean | undefined;
    readonly severity?: Severity | undefined;
    readonly passId?: string | undefined;
  }): Promise<Page<Alert>>;
  getAlert(alertId: string): Promise<AlertDetail | undefined>;
}

/** Acts on the shared record; PostgreSQL decides. `database-away` when it cannot be asked. */
export interface SharedAlertActs {
  /** `late`: made while the database was away, and sent now with its original time. */
  acknowledge(alertId: string, comment: string | undefined, act: Act, late: boolean): Promise<Result<Alert>>;
  comment(alertId: string, comment: string, act: Act): Promise<Result<Alert>>;
}

/** Acts kept at this workstation until the database is back: durable before they are confirmed to the person. */
export interface ProvisionalActs {
  acknowledgeProvisionally(alertId: string, comment: string | undefined, act: Act): Promise<Result<Alert>>;
  pendingActs(): Promise<
    readonly {
      readonly id: number;
      readonly alertId: string;
      readonly comment?: string | undefined;
      readonly act: Act;
    }[]
  >;
  removeAct(id: number): Promise<void>;
}
