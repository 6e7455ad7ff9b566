import { useCallback, useMemo, useRef, useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { createGrouping, freezeGroups } from '../../live/alert-order.ts';
import type { AlertGroup, Frozen } from '../../live/alert-order.ts';
import { useLive } from '../../live/store.tsx';
import { useWords } from '../../ui/i18n.ts';
import { alertWords } from './alert-words.ts';
import { keeps } from './filter.ts';
import type { AlertFilter } from './filter.ts';

/**
 * The lines of the alert list. While `frozen`, rows stay where they are and new alerts are only counted; `released`
 * changes when somebody asks for them all the same. An empty list never freezes: nothing in it can move, and it must
 * not say that there is no alert.
 */
export const useAlertList = (filter: AlertFilter, frozen: boolean, released: number): Frozen => {
  const { t, language } = useWords();
  const alerts = useLive((state) => state.alerts);
  const closed = useLive((state) => state.closedAlerts);
  const shelved = useLive((state) => state.shelved);
  const person = useLive((state) => state.session?.name);
  const selectedPass = useLive((state) => state.selection.passId);
  const passId = filter.scope === 'pass' ? selectedPass : undefined;
  const words = useRef<{ language: string; of: WeakMap<Alert, string> }>(undefined);
  const wordsOf = useCallback(
    (alert: Alert): string => {
      if (words.current?.language !== language) words.current = { language, of: new WeakMap() };
      const known = words.current.of.get(alert);
      if (known !== undefined) return known;
      const said = alertWords(alert, t, language);
      words.current.of.set(alert, said);
      return said;
    },
    [language, t],
  );
  const keepsIt = useCallback(
    (alert: Alert): boolean => keeps(alert, filter, { passId, person, shelved, wordsOf }),
    [filter, passId, person, shelved, wordsOf],
  );
  const [grouping] = useState(createGrouping);
  const current = useMemo(() => grouping(alerts, keepsIt), [grouping, alerts, keepsIt]);
  const shown = useRef<{ groups: readonly AlertGroup[]; token: string }>(undefined);
  const token = `${released} ${JSON.stringify(filter)} ${passId ?? ''}`;
  const result: Frozen =
    frozen && shown.current?.token === token && shown.current.groups.length > 0
      ? freezeGroups(shown.current.groups, current, (id) => alerts.get(id) ?? closed.get(id))
      : { groups: current.groups, hidden: 0 };
  shown.current = { groups: result.groups, token };
  return result;
};
