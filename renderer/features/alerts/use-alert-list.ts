import { useMemo, useRef } from 'react';
import type { Alert, Rule, Severity } from '../../../contract/domain.ts';
import { freezeGroups, groupAlerts } from '../../live/alert-order.ts';
import type { AlertGroup, Frozen } from '../../live/alert-order.ts';
import { useLive } from '../../live/store.tsx';

export interface AlertFilter {
  readonly scope: 'all' | 'pass' | 'mine';
  readonly severity?: Severity | undefined;
  readonly rule?: Rule | undefined;
}

interface FilterContext {
  readonly passId: string | undefined;
  readonly person: string | undefined;
}

const keeps = (alert: Alert, filter: AlertFilter, { passId, person }: FilterContext): boolean => {
  if (filter.scope === 'pass' && alert.passId !== passId) return false;
  if (filter.scope === 'mine' && (person === undefined || alert.acknowledgedBy !== person)) return false;
  if (filter.severity !== undefined && alert.severity !== filter.severity) return false;
  return filter.rule === undefined || alert.rule === filter.rule;
};

/**
 * The lines of the alert list. While `frozen`, rows stay where they are and new alerts are only counted; `released`
 * changes when somebody asks for them all the same. An empty list never freezes: nothing in it can move, and it must
 * not say that there is no alert.
 */
export const useAlertList = (filter: AlertFilter, frozen: boolean, released: number): Frozen => {
  const alerts = useLive((state) => state.alerts);
  const closed = useLive((state) => state.closedAlerts);
  const person = useLive((state) => state.session?.name);
  const selectedPass = useLive((state) => state.selection.passId);
  const passId = filter.scope === 'pass' ? selectedPass : undefined;
  const current = useMemo(
    () => groupAlerts([...alerts.values()].filter((alert) => keeps(alert, filter, { passId, person }))),
    [alerts, filter, passId, person],
  );
  const shown = useRef<{ groups: readonly AlertGroup[]; token: string }>(undefined);
  const token = `${released} ${JSON.stringify(filter)} ${passId ?? ''}`;
  const result: Frozen =
    frozen && shown.current?.token === token && shown.current.groups.length > 0
      ? freezeGroups(shown.current.groups, current, (id) => alerts.get(id) ?? closed.get(id))
      : { groups: current, hidden: 0 };
  shown.current = { groups: result.groups, token };
  return result;
};
