import { failure, success } from '../../contract/errors.ts';
import type { AuditRow } from '../../contract/domain.ts';
import type { ExportStatus } from '../../contract/results.ts';
import type { Part } from './fake-main.ts';
import { random } from './springs.ts';
import { uuid } from './world.ts';

const total = 48_213;
const minute = 60_000;

type Kind = Pick<AuditRow, 'action' | 'entity' | 'entityId' | 'actor' | 'role' | 'before' | 'after'>;

const people = [
  ['Alan Martin', 'operator'],
  ['Sophie Lambert', 'supervisor'],
  ['Chloé Fontaine', 'operator'],
  ['Dora Okafor', 'admin'],
] as const;

const acknowledged = (id: number): Pick<Kind, 'before' | 'after'> => ({
  before: { state: 'active-unacknowledged', acknowledgedBy: null, comment: null },
  after: {
    state: 'active-acknowledged',
    acknowledgedBy: people[id % 3]?.[0],
    comment: id % 5 === 0 ? 'Seen by the crew, speed reduced' : null,
  },
});

const kinds: readonly ((id: number) => Omit<Kind, 'actor' | 'role'>)[] = [
  (id) => ({ action: 'alert.acknowledge', entity: 'alert', entityId: uuid(id), ...acknowledged(id) }),
  (id) => ({ action: 'alert.acknowledge', entity: 'alert', entityId: uuid(id), ...acknowledged(id) }),
  (id) => ({
    action: 'pass.confirm',
    entity: 'train_pass',
    entityId: uuid(id),
    before: { status: 'pending', notes: null },
    after: { status: 'confirmed', notes: 'Inspected at the platform.' },
  }),
  (id) => ({ action: 'session.sign-in', entity: 'session', entityId: `RCC-FOLK-0${(id % 4) + 1}` }),
  () => ({
    action: 'threshold.save',
    entity: 'threshold_set',
    entityId: '12',
    before: { version: 11, types: { loader: { criticalLowCmm: 17500, warningLowCmm: 19000, axles: 4 } } },
    after: {
      version: 12,
      reason: 'New coils on the loaders since week 46',
      types: { loader: { criticalLowCmm: 17800, warningLowCmm: 19200, axles: 4 } },
    },
  }),
  () => ({
    action: 'call.refused',
    entity: 'method',
    entityId: 'admin.changeUser',
    after: { reason: 'forbidden', needed: 'admin', window: 'admin' },
  }),
  () => ({
    action: 'user.override-role',
    entity: 'user',
    entityId: uuid(9005),
    before: { role: 'operator', roleOverride: null, active: true },
    after: {
      role: 'supervisor',
      roleOverride: 'supervisor',
      active: true,
      reason: 'Stands in until 6 December',
    },
  }),
];

const rowAt = (id: number, now: number): AuditRow => {
  const next = random(Math.imul(id, 2654435761));
  next();
  const kind = kinds[Math.floor(next() * kinds.length)] ?? kinds[0];
  const [actor, role] = people[Math.floor(next() * people.length)] ?? people[0];
  const made = kind === undefined ? { action: '', entity: '', entityId: '' } : kind(id);
  return {
    id,
    at: now - (total - id) * 3.2 * minute - next() * minute,
    actor,
    role,
    workstation: `RCC-FOLK-0${(id % 4) + 1}`,
    correlationId: uuid(id * 7),
    ...made,
  };
};

/** The audit log: 48,213 rows, made when they are asked for; a new one every 20 s. `quiet` finds a broken row. */
export const adminAudit: Part = ({ options, startedAt }) => {
  let exporting: ExportStatus | undefined;
  const last = (): number => total + Math.floor((Date.now() - startedAt) / 20_000);
  const away = () => failure('database-away', 'the database cannot be reached');
  const offline = options.scenario === 'offline';
  return {
    'audit.list': ({ cursor, limit = 100, actor, action, entity, entityId, from, to, upTo }) => {
      if (offline) return away();
      const items: AuditRow[] = [];
      let id = Math.min(cursor === undefined ? last() : Number(cursor), upTo ?? Infinity);
      for (; id > 0 && items.length < limit; id -= 1) {
        const row = rowAt(id, startedAt);
        if (from !== undefined && row.at < from - 5 * minute) {
          id = 0;
          break;
        }
        const matches =
          (actor ?? row.actor) === row.actor &&
          (action ?? row.action) === row.action &&
          (entity ?? row.entity) === row.entity &&
          (entityId ?? row.entityId) === row.entityId &&
          row.at >= (from ?? 0) &&
          row.at < (to ?? Infinity);
        if (matches) items.push(row);
      }
      return success({ items, cursor: id > 0 ? String(id) : undefined });
    },
    'audit.verify': async ({ cursor }) => {
      if (offline) return away();
      await new Promise((done) => setTimeout(done, 60));
      const checked = Math.min(total, Number(cursor ?? 0) + 5000);
      if (options.scenario === 'quiet' && checked >= 30_000) {
        return success({ checked: 31_407, total, anchors: 212, broken: { id: 31_408, problem: 'altered' } });
      }
      return success({
        checked,
        total,
        anchors: checked === total ? 365 : Math.floor(checked / 132),
        cursor: checked === total ? undefined : String(checked),
      });
    },
    'audit.export': ({ format }) => {
      exporting = {
        exportId: uuid(77),
        state: 'running',
        path: `/home/dora/Documents/vicore-audit-2026-11-21.${format}`,
        rows: 0,
      };
      return success({ started: exporting });
    },
    'audit.exportStatus': () => {
      if (exporting === undefined) return failure('not-found', 'no such export');
      const rows = Math.min(total, exporting.rows + 9000);
      if (exporting.state === 'running') {
        exporting = { ...exporting, rows, state: rows === total ? 'done' : 'running' };
      }
      return success(exporting);
    },
    'audit.cancelExport': () => {
      if (exporting === undefined) return failure('not-found', 'no such export');
      exporting = { ...exporting, state: 'cancelled' };
      return success(exporting);
    },
  };
};
