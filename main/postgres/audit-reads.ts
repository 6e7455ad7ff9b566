import type { AuditRow } from '../../contract/domain.ts';
import { type Result, success } from '../../contract/errors.ts';
import type { AuditBreak } from '../../contract/results.ts';
import type { AuditMark, AuditReads } from '../audit/ports.ts';
import { type Ask, onlyRow } from './ask.ts';
import { type Condition, type List, readPage } from './pages.ts';
import { milliseconds, present } from './queryable.ts';
import { storable } from './text.ts';

const list: List<AuditRow, AuditRow> = {
  label: 'list-audit',
  columns: `l.id, ${milliseconds('l.at')} as at, l.actor, l.role, l.workstation, l.action, l.entity,
    l.entity_id as "entityId", l.before, l.after, l.correlation_id as "correlationId"`,
  from: 'vicore.audit_log l',
  keys: [{ sql: 'l.id', type: 'bigint' }],
  order: 'desc',
  toItem: present,
};

/** Where the chain begins: 32 zero bytes before row 1. */
const beginning: AuditMark = { id: 0, hash: '0'.repeat(64) };

interface VerificationRow {
  readonly lastId: number;
  readonly lastHash: string;
  readonly ended: boolean;
  readonly brokenId: number | null;
  readonly problem: AuditBreak['problem'] | null;
}

interface Verification {
  readonly last: AuditMark;
  readonly ended: boolean;
  readonly broken?: AuditBreak | undefined;
}

const verificationText = `select last_id::float8 as "lastId", encode(last_hash, 'hex') as "lastHash", ended,
  broken_id::float8 as "brokenId", problem from vicore.verify_audit_rows($1, decode($2, 'hex'), $3)`;

function toVerification(row: VerificationRow): Result<Verification> {
  const { lastId, lastHash, ended, brokenId, problem } = row;
  const last = { id: lastId, hash: lastHash };
  if (brokenId === null || problem === null) return success({ last, ended });
  return success({ last, ended, broken: { id: brokenId, problem } });
}

function conditionsOf(filter: Parameters<AuditReads['listAudit']>[0]): Condition[] {
  const { actor, action, entity, entityId, from, to, upTo } = filter;
  const conditions: Condition[] = [];
  if (actor !== undefined) conditions.push(['l.actor = $?', storable(actor)]);
  if (action !== undefined) conditions.push(['l.action = $?', storable(action)]);
  if (entity !== undefined) conditions.push(['l.entity = $?', storable(entity)]);
  if (entityId !== undefined) conditions.push(['l.entity_id = $?', storable(entityId)]);
  if (from !== undefined) conditions.push(['l.at >= to_timestamp($?::float8 / 1000)', from]);
  if (to !== undefined) conditions.push(['l.at < to_timestamp($?::float8 / 1000)', to]);
  if (upTo !== undefined) conditions.push(['l.id <= $?', upTo]);
  return conditions;
}

/** The audit log and its chain (resources/migrations/0005_audit_chain.sql). */
export const createAuditReads = (ask: Ask): AuditReads => ({
  listAudit: (query) => readPage(ask, list, query, conditionsOf(query)),
  auditHead: () =>
    ask<AuditMark, AuditMark>(
      {
        label: 'audit-head',
        text: `select id::float8 as id, encode(hash, 'hex') as hash from vicore.audit_head`,
        values: [],
      },
      onlyRow(success),
    ),
  auditMarks: (ids) =>
    ask<AuditMark, readonly AuditMark[]>(
      {
        label: 'audit-marks',
        text: `select id::float8 as id, encode(hash, 'hex') as hash from vicore.audit_log where id = any ($1::bigint[])
          order by id`,
        values: [ids],
      },
      success,
    ),
  verifyAudit: (after = beginning, rows) =>
    ask<VerificationRow, Verification>(
      { label: 'verify_audit_rows', text: verificationText, values: [after.id, after.hash, rows] },
      onlyRow(toVerification),
    ),
});
