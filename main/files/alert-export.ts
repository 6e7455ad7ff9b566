import { stringify } from 'csv-stringify/sync';
import type { Alert } from '../../contract/domain.ts';
import type { AlertFile, OpenAlertFile } from '../alerts/export.ts';
import { openDraft } from './draft-file.ts';
import { inertCell } from './inert.ts';

/** UTC, so that files of two countries can be laid side by side. */
const timeOf = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString());

/** Rules whose value and limit are lengths, written in millimetres; the others are counts and shares. */
const lengths: ReadonlySet<string> = new Set(['height', 'asymmetry', 'conflict', 'trend']);

const numberOf = ({ rule }: Alert, value: number | undefined): string => {
  if (value === undefined) return '';
  return lengths.has(rule) ? (value / 100).toFixed(2) : String(value);
};

const columns: Readonly<Record<string, (alert: Alert) => string>> = {
  id: (alert) => alert.id,
  raised_at: (alert) => timeOf(alert.raisedAt),
  received_at: (alert) => timeOf(alert.receivedAt),
  severity: (alert) => alert.severity,
  state: (alert) => alert.state,
  rule: (alert) => alert.rule,
  train: (alert) => alert.trainNumber ?? '',
  track: (alert) => alert.track ?? '',
  car: (alert) => String(alert.vehicleIndex ?? ''),
  vehicle: (alert) => alert.vehicleNumber ?? '',
  position: (alert) => alert.position ?? '',
  defect: (alert) => alert.defect ?? '',
  value: (alert) => numberOf(alert, alert.value),
  limit: (alert) => numberOf(alert, alert.limit),
  acknowledged_by: (alert) => alert.acknowledgedBy ?? '',
  acknowledged_at: (alert) => timeOf(alert.acknowledgedAt),
  owner: (alert) => alert.owner ?? '',
  comment: (alert) => alert.comment ?? '',
  shelved_until: (alert) => timeOf(alert.shelvedUntil),
  shelved_by: (alert) => alert.shelvedBy ?? '',
  shelve_reason: (alert) => alert.shelveReason ?? '',
  escalated_at: (alert) => timeOf(alert.escalatedAt),
  verdict: (alert) => alert.verdict ?? '',
  known_since: (alert) => timeOf(alert.known?.since),
  known_times: (alert) => String(alert.known?.times ?? ''),
  pass_id: (alert) => alert.passId ?? '',
};

const options = { record_delimiter: '\r\n', escape_formulas: true } as const;

/** RFC 4180, inert in a spreadsheet (docs/faults.md, row 34). The byte order mark says that it is UTF-8. */
const head = `\ufeff${stringify([Object.keys(columns)], options)}`;

const textOf = (alerts: readonly Alert[]): string =>
  stringify(
    alerts.map((alert) => Object.values(columns).map((cell) => inertCell(cell(alert)))),
    options,
  );

export const openAlertFile: OpenAlertFile = async (file): Promise<AlertFile> => {
  const draft = await openDraft(file, head);
  return { ...draft, write: (alerts) => draft.write(textOf(alerts)) };
};
