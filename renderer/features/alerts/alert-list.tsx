import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import type { AlertGroup } from '../../live/alert-order.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { isTextEvent } from '../../ui/dom.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { rootPixels } from '../../ui/root-size.ts';
import { AlertFilters } from './alert-filters.tsx';
import { AlertRow } from './alert-row.tsx';
import { GroupRow } from './group-row.tsx';
import { useAlertList } from './use-alert-list.ts';
import type { AlertFilter } from './use-alert-list.ts';
import './alerts.css';

type Row =
  | { readonly kind: 'group'; readonly key: string; readonly group: AlertGroup; readonly open: boolean }
  | { readonly kind: 'alert'; readonly key: string; readonly alert: Alert; readonly nested: boolean };

const rowsOf = (groups: readonly AlertGroup[], expanded: ReadonlySet<string>): readonly Row[] =>
  groups.flatMap((group): readonly Row[] => {
    const [only, ...others] = group.alerts;
    if (only !== undefined && others.length === 0) {
      return [{ kind: 'alert', key: group.key, alert: only, nested: false }];
    }
    const open = expanded.has(group.key);
    const head: Row = { kind: 'group', key: group.key, group, open };
    if (!open) return [head];
    return [
      head,
      ...group.alerts.map((alert): Row => ({
        kind: 'alert',
        key: `${group.key} ${alert.id}`,
        alert,
        nested: true,
      })),
    ];
  });

export interface AlertListHandle {
  /** Selects the alert, opens its line when it is folded, and scrolls to it. */
  readonly reveal: (alert: Alert) => void;
}

interface AlertListProps {
  readonly ref?: Ref<AlertListHandle>;
  /** `this pass` of the filter follows the selected pass; set from outside to show what blocks a confirmation. */
  readonly filter: AlertFilter;
  readonly onFilter: (filter: AlertFilter) => void;
}

/** All open alerts: unacknowledged first, then severity, then newest; stands still while somebody is in it. */
export const AlertList = ({ ref, filter, onFilter }: AlertListProps) => {
  const { t } = useWords();
  const { select, acknowledge } = useLiveActions();
  const selected = useLive((state) => state.selection.alertId);
  const [inside, setInside] = useState({ pointer: false, focus: false });
  const [released, setReleased] = useState(0);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const { groups, hidden } = useAlertList(filter, inside.pointer || inside.focus, released);
  const rows = useMemo(() => rowsOf(groups, expanded), [groups, expanded]);
  const scroller = useRef<HTMLDivElement>(null);
  const selectedKey = rows.find((row) => row.kind === 'alert' && row.alert.id === selected)?.key;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => (rows[place]?.key === selectedKey ? 6.5 : 2.5) * rootPixels(),
    overscan: 6,
    getItemKey: (place) => rows[place]?.key ?? place,
  });

  const wanted = useRef<string>(undefined);
  useImperativeHandle(ref, () => ({
    reveal: (alert) => {
      const group = groups.find((each) => each.alerts.some((member) => member.id === alert.id));
      if (group === undefined) setReleased((count) => count + 1);
      if (group !== undefined && group.alerts.length > 1)
        setExpanded((before) => new Set(before).add(group.key));
      wanted.current = alert.id;
      select({ alertId: alert.id });
    },
  }));
  useEffect(() => {
    if (wanted.current === undefined) return;
    const place = rows.findIndex((row) => row.kind === 'alert' && row.alert.id === wanted.current);
    if (place < 0) return;
    wanted.current = undefined;
    virtual.scrollToIndex(place, { align: 'auto' });
  });

  const toggle = (key: string): void =>
    setExpanded((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || isTextEvent(event)) return;
    const places = rows.flatMap((row, place) => (row.kind === 'alert' ? [place] : []));
    const at = places.findIndex((place) => rows[place]?.key === selectedKey);
    const next = places[at < 0 ? 0 : at + step];
    const row = next === undefined ? undefined : rows[next];
    if (next === undefined || row?.kind !== 'alert') return;
    event.preventDefault();
    select({ alertId: row.alert.id });
    virtual.scrollToIndex(next, { align: 'auto' });
    scroller.current?.focus();
  };

  return (
    <section
      className="panel alerts"
      aria-label={t('alerts.title')}
      data-testid="alert-list"
      data-frozen={inside.pointer || inside.focus}
      onPointerEnter={() => setInside((before) => ({ ...before, pointer: true }))}
      onPointerLeave={() => setInside((before) => ({ ...before, pointer: false }))}
      onFocus={(event) => {
        // Focus that a click leaves behind does not hold the list: the pointer does, while it is here.
        const focus = event.target.matches(':focus-visible');
        setInside((before) => ({ ...before, focus }));
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget))
          setInside((before) => ({ ...before, focus: false }));
      }}
    >
      <div className="alerts-head">
        <h2>{t('alerts.title')}</h2>
        <AlertFilters filter={filter} onFilter={onFilter} />
        <span className="alerts-new" aria-live="polite">
          {hidden > 0 && (
            <button
              type="button"
              className="button"
              title={t('alerts.newHelp')}
              data-testid="alerts-new"
              onClick={() => setReleased((before) => before + 1)}
            >
              {t('alerts.new', { count: hidden })}
            </button>
          )}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty
          title={t(
            filter.scope === 'all' && filter.severity === undefined && filter.rule === undefined
              ? 'alerts.empty'
              : 'alerts.emptyFilter',
          )}
        />
      ) : (
        <div
          ref={scroller}
          className="alerts-rows scroll"
          tabIndex={0}
          role="group"
          aria-label={t('alerts.label')}
          onKeyDown={move}
        >
          <ul className="virtual" style={{ blockSize: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index];
              if (row === undefined) return undefined;
              return (
                <li
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className="virtual-row"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {row.kind === 'group' ? (
                    <GroupRow
                      group={row.group}
                      open={row.open}
                      onToggle={() => toggle(row.key)}
                      onAcknowledgeAll={() => {
                        for (const alert of row.group.alerts.filter(isUnacknowledged))
                          void acknowledge(alert.id);
                      }}
                    />
                  ) : (
                    <AlertRow alert={row.alert} nested={row.nested} selected={row.alert.id === selected} />
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </section>
  );
};
