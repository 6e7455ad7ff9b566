import type { Inputs } from '../../../contract/inputs.ts';

const hour = 3_600_000;
const day = 24 * hour;

export const ranges = ['all', 'hour', 'day', 'week', 'month', 'own'] as const;
export type Range = (typeof ranges)[number];

const lengths: Readonly<Partial<Record<Range, number>>> = {
  hour,
  day,
  week: 7 * day,
  month: 30 * day,
};

/** What the filter's fields hold; empty text: everything. */
export interface AuditFilter {
  readonly actor: string;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly range: Range;
  /** When the range was chosen, ms: "the last hour" stands still while one reads. */
  readonly chosenAt: number;
  /** Own range, as a person writes them: `2026-11-21 09:00` or `2026-11-21`, in UTC. */
  readonly from: string;
  readonly to: string;
}

export const everything = (now: number): AuditFilter => ({
  actor: '',
  action: '',
  entity: '',
  entityId: '',
  range: 'all',
  chosenAt: now,
  from: '',
  to: '',
});

type FilterInput = Omit<Inputs['audit.list'], 'cursor' | 'limit' | 'upTo'>;

const text = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim());

/**
 * ms since the epoch; undefined while the field is empty or half filled. Written year first: a browser's own field
 * follows the operating system's habits, where 03/04 is either of two days.
 */
export const utcMoment = (value: string): number | undefined => {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?$/.exec(value.trim());
  if (parts === null) return undefined;
  const at = Date.parse(`${parts[1] ?? ''}T${parts[2] ?? '00:00'}Z`);
  return Number.isNaN(at) ? undefined : at;
};

/** Something is written there that is no moment. */
export const isUnreadable = (value: string): boolean => value.trim() !== '' && utcMoment(value) === undefined;

export const filterInput = (filter: AuditFilter): FilterInput => {
  const length = lengths[filter.range];
  const own = filter.range === 'own';
  return {
    actor: text(filter.actor),
    action: text(filter.action),
    entity: text(filter.entity),
    entityId: text(filter.entityId),
    from: length === undefined ? (own ? utcMoment(filter.from) : undefined) : filter.chosenAt - length,
    to: own ? utcMoment(filter.to) : undefined,
  };
};

/** An end before its beginning finds nothing: said before it is asked. */
export const isBackwards = (filter: AuditFilter): boolean => {
  const { from, to } = filterInput(filter);
  return from !== undefined && to !== undefined && to <= from;
};

export const isFiltered = (filter: AuditFilter): boolean =>
  Object.values(filterInput(filter)).some((value) => value !== undefined);
