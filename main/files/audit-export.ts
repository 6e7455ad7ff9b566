import { stringify } from 'csv-stringify/sync';
import type { AuditRow } from '../../contract/domain.ts';
import type { AuditFile, OpenAuditFile } from '../audit/export.ts';
import { openDraft } from './draft-file.ts';
import { inertCell, inertJson } from './inert.ts';

const columns = [
  'id',
  'at',
  'actor',
  'role',
  'workstation',
  'action',
  'entity',
  'entity_id',
  'before',
  'after',
  'correlation_id',
];

/** UTC, so that files of two countries can be laid side by side. */
const timeOf = (at: number): string => new Date(at).toISOString();
const jsonOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

const csvOptions = { record_delimiter: '\r\n', escape_formulas: true } as const;

/** RFC 4180. The byte order mark tells a spreadsheet that this is UTF-8. */
const csvHead = `\ufeff${stringify([columns], csvOptions)}`;
const csvText = (rows: readonly AuditRow[]): string =>
  stringify(
    rows.map((row) => [
      String(row.id),
      ...[
        timeOf(row.at),
        row.actor,
        row.role,
        row.workstation,
        row.action,
        row.entity,
        row.entityId,
        jsonOf(row.before),
        jsonOf(row.after),
        row.correlationId,
      ].map(inertCell),
    ]),
    csvOptions,
  );

/** One object a line, exact: what is text in the log is the same text when it is read as JSON. */
const jsonLines = (rows: readonly AuditRow[]): string =>
  rows.map((row) => `${inertJson({ ...row, at: timeOf(row.at) })}\n`).join('');

/** Takes its name once it is whole (draft-file.ts). */
export const openAuditFile: OpenAuditFile = async (file, format): Promise<AuditFile> => {
  const draft = await openDraft(file, format === 'csv' ? csvHead : '');
  return { ...draft, write: (rows) => draft.write(format === 'csv' ? csvText(rows) : jsonLines(rows)) };
};
