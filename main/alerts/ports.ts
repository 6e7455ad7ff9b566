import type { AlarmFigures, Alert, Guidance, Role, Verdict } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import type { Act } from '../audit/act.ts';
import type { AlertDetail, Page } from '../../contract/results.ts';

/** What windows ask of alerts; answered by the replica. */
export interface AlertReads {
  listAlerts(query: CheckedInputs['alerts.list'] & { readonly limit: number }): Promise<Page<Alert>>;
  getAlert(alertId: string): Promise<AlertDetail | undefined>;
  /** In no particular order; what is not on record here is left out. */
  alertsById(alertIds: readonly string[]): Promise<readonly Alert[]>;
}

/** The database clears a shelf whose end has come; while it is away, this workstation says so by its own clock. */
export interface ShelfReads {
  /** Alerts whose shelf ended after `since` (a `now` of before; 0: all), as they are without it. */
  shelvesEnded(since: number): Promise<{ readonly now: number; readonly alerts: readonly Alert[] }>;
}

/** What a person adds to an acknowledgement. */
export interface Remark {
  readonly comment?: string | undefined;
  /** Steps of the guidance as they were shown, and whether each was ticked. */
  readonly checklist?: readonly { readonly step: string; readonly done: boolean }[] | undefined;
}

/**
 * Acts on the shared record; PostgreSQL decides, under a lock of the alert, with event and audit row in the same
 * transaction. `database-away` when it cannot be asked, `forbidden` when the person may not.
 */
export interface SharedAlertActs {
  /** `late`: made while the database was away, and sent now with its original time. */
  acknowledge(alertId: string, remark: Remark, act: Act, late: boolean): Promise<Result<Alert>>;
  /**
   * Made and taken back by the same person while the database was away: both are history, in this order, and what
   * others did stands. `conflict`: it had arrived, and somebody has built on it since.
   */
  acknowledgeUndone(alertId: string, remark: Remark, act: Act, undo: Act): Promise<Result<Alert>>;
  comment(alertId: string, comment: string, act: Act): Promise<Result<Alert>>;
  /** `conflict`: not this person's acknowledgement, more than 30 s ago, or something has happened since. */
  undo(alertId: string, act: Act): Promise<Result<Alert>>;
  /** `to`: the new owner's subject, the person who acts when absent. `not-found`: no such active operator. */
  handOver(
    alertId: string,
    to: string | undefined,
    comment: string | undefined,
    act: Act,
  ): Promise<Result<Alert>>;
  /** 1 to 1,440 minutes from now by the database's clock. `conflict`: the alert is closed. */
  shelve(alertId: string, minutes: number, reason: string, act: Act): Promise<Result<Alert>>;
  unshelve(alertId: string, act: Act): Promise<Result<Alert>>;
  /** A later verdict replaces the one before; both stay in the history. */
  verdict(alertId: string, verdict: Verdict, comment: string | undefined, act: Act): Promise<Result<Alert>>;
  /** The vehicle's springs were renewed: trend and known findings begin anew. */
  recordMaintenance(
    vehicleNumber: string,
    reason: string,
    act: Act,
  ): Promise<Result<{ readonly vehicleNumber: string; readonly at: number }>>;
  people(query: {
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly search?: string | undefined;
  }): Promise<Result<Page<AlertPerson>>>;
  figures(from: number, to: number): Promise<Result<AlarmFigures>>;
  /** All that somebody has written. */
  readGuidance(): Promise<Result<readonly Guidance[]>>;
}

export interface AlertPerson {
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
}

/** An acknowledgement that the shared record does not have yet. */
export interface KeptAct {
  readonly id: number;
  readonly alertId: string;
  readonly remark: Remark;
  readonly act: Act;
  /** The same person has taken it back. */
  readonly undo?: Act | undefined;
}

/** Acts kept at this workstation until the database is back: durable before they are confirmed to the person. */
export interface ProvisionalActs {
  acknowledgeProvisionally(alertId: string, remark: Remark, act: Act): Promise<Result<Alert>>;
  /** `undefined`: no acknowledgement of this alert is kept here that could be taken back. */
  undoProvisionally(alertId: string, act: Act): Promise<Result<Alert> | undefined>;
  /** In the order in which they were made. */
  pendingActs(): Promise<readonly KeptAct[]>;
  /** It is history in the shared record as it was read. False: taken back since, and kept. */
  removeAct(kept: Pick<KeptAct, 'id' | 'undo'>): Promise<boolean>;
  /**
   * The shared record refused it: the alert is nobody's again here, as it is now; undefined when it was not ours. What
   * was taken back meanwhile stays kept.
   */
  refuseAct(id: number): Promise<Alert | undefined>;
}
