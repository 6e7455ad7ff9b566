import type { Alert, AlertState, Rule, Severity } from '../../../contract/domain.ts';
import type { Inputs } from '../../../contract/inputs.ts';
import { compareAlerts } from '../../live/alert-order.ts';

/** States that an open alert can have. */
export const openStates = [
  'active-unacknowledged',
  'cleared-unacknowledged',
  'active-acknowledged',
] as const satisfies readonly AlertState[];

export interface AlertFilter {
  /** `all`: but for what is on the shelf; `pass`: the selected one; `mine`: whose owner is who is signed in. */
  readonly scope: 'all' | 'pass' | 'mine' | 'shelved';
  readonly severity?: Severity | undefined;
  readonly rule?: Rule | undefined;
  readonly state?: (typeof openStates)[number] | undefined;
  /** Parts of what people write; spaces do not count. */
  readonly train?: string | undefined;
  readonly vehicle?: string | undefined;
  readonly search?: string | undefined;
}

export interface FilterContext {
  readonly passId: string | undefined;
  readonly person: string | undefined;
  readonly shelved: ReadonlySet<string>;
  /** The alert in words as the list shows it, for the search. */
  readonly wordsOf: (alert: Alert) => string;
}

/** Numbers of vehicles are written with and without spaces. */
const plain = (text: string): string => text.replaceAll(/\s/g, '').toLowerCase();

const contains = (text: string | undefined, part: string | undefined): boolean =>
  part === undefined || plain(part) === '' || plain(text ?? '').includes(plain(part));

export const keeps = (alert: Alert, filter: AlertFilter, context: FilterContext): boolean => {
  const onShelf = context.shelved.has(alert.id);
  if (filter.scope === 'all' && onShelf) return false;
  if (filter.scope === 'shelved' && !onShelf) return false;
  if (filter.scope === 'pass' && alert.passId !== context.passId) return false;
  if (filter.scope === 'mine') {
    const owner = alert.owner ?? alert.acknowledgedBy;
    if (context.person === undefined || context.person === '' || owner !== context.person) return false;
  }
  if (filter.severity !== undefined && alert.severity !== filter.severity) return false;
  if (filter.rule !== undefined && alert.rule !== filter.rule) return false;
  if (filter.state !== undefined && alert.state !== filter.state) return false;
  if (!contains(alert.trainNumber, filter.train) || !contains(alert.vehicleNumber, filter.vehicle))
    return false;
  return contains(filter.search === undefined ? '' : context.wordsOf(alert), filter.search);
};

/** Of the filters that are out of sight when they are folded away. */
export const foldedCount = ({ state, train, vehicle }: AlertFilter): number =>
  [state, train, vehicle].filter((value) => value !== undefined && value !== '').length;

export const isFiltered = (filter: AlertFilter): boolean =>
  filter.scope !== 'all' ||
  [filter.severity, filter.rule, filter.search].some((value) => value !== undefined && value !== '') ||
  foldedCount(filter) > 0;

const isSet = (text: string | undefined): text is string => text !== undefined && plain(text) !== '';

/**
 * What the export writes: exactly what the list shows. The record can tell whole values; parts of names, words of the
 * screen's language and whose an alert is, this window tells, by naming the alerts in the order of the list.
 */
export const exportOf = (
  filter: AlertFilter,
  context: FilterContext,
  alerts: Iterable<Alert>,
): Inputs['alerts.export'] => {
  const asked: Inputs['alerts.export'] = {
    open: true,
    severity: filter.severity,
    rule: filter.rule,
    state: filter.state,
    passId: filter.scope === 'pass' ? context.passId : undefined,
    owner: filter.scope === 'mine' ? context.person : undefined,
    shelved: filter.scope === 'shelved' ? true : filter.scope === 'all' ? false : undefined,
  };
  const words = [filter.train, filter.vehicle, filter.search].filter(isSet);
  if (words.length === 0 && filter.scope !== 'mine') return asked;
  const shown = [...alerts].filter((alert) => keeps(alert, filter, context)).toSorted(compareAlerts);
  return {
    ...asked,
    search: words.length === 0 ? undefined : words.join(' · ').replaceAll(/\p{Cc}/gu, ' '),
    alertIds: shown.map(({ id }) => id),
  };
};
