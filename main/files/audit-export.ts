import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { AuditRow } from '../../contract/domain.ts';
import type { AuditFile, OpenAuditFile } from '../audit/export.ts';
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

/** Beside its place until it is whole: what stood there before stays when the disk fills up or the program ends. */
export const openAuditFile: OpenAuditFile = async (file, format): Promise<AuditFile> => {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}.part`);
  const handle = await open(draft, 'wx', 0o600);
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await handle.close();
  };
  const abandon = async (): Promise<void> => {
    await close().catch(() => undefined);
    await rm(draft, { force: true }).catch(() => undefined);
  };
  try {
    if (format === 'csv') await handle.writeFile(csvHead);
  } catch (error) {
    await abandon();
    throw error;
  }
  return {
    write: (rows) => handle.writeFile(format === 'csv' ? csvText(rows) : jsonLines(rows)),
    async finish() {
      await handle.sync();
      await close();
      await rename(draft, file);
    },
    abandon,
  };
};
