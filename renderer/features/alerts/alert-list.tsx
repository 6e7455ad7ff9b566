import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ClipboardEvent, Ref } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { isTextField } from '../../ui/dom.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { useRootPixels, useTight } from '../../ui/root-size.ts';
import { AlertFilters } from './alert-filters.tsx';
import { AlertRow } from './alert-row.tsx';
import { useAlertsAsText } from './alerts-text.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ExportButton } from './export-button.tsx';
import { isFiltered } from './filter.ts';
import type { AlertFilter } from './filter.ts';
import { GroupRow } from './group-row.tsx';
import { isMarked, markRow, noMarks, rowsOf } from './marking.ts';
import type { MarkHow, Row } from './marking.ts';
import { useAlertList } from './use-alert-list.ts';
import { useListKeys } from './use-list-keys.ts';
import './alerts.css';

/** Height of a line; in a wall picture on one ordinary screen it is less. */
const rowRem = 2.5;
const leastRowPixels = 37;
const tightRowRem = 2;

export interface AlertListHandle {
  /** Selects the alert, opens its line when it is folded, and scrolls to it. */
  readonly reveal: (alert: Alert) => void;
}

interface AlertListProps {
  readonly ref?: Ref<AlertListHandle>;
  /** `this pass` of the filter follows the selected pass; set from outside to show what blocks a confirmation. */
  readonly filter: AlertFilter;
  readonly onFilter: (filter: AlertFilter) => void;
  /** Shows everything about the selected alert beside the list. */
  readonly onDetails?: (() => void) | undefined;
}

/** All open alerts: unacknowledged first, then severity, then newest; stands still while somebody is in it. */
export const AlertList = ({ ref, filter, onFilter, onDetails }: AlertListProps) => {
  const { t } = useWords();
  const { store, select, acknowledge } = useLiveActions();
  const selected = useLive((state) => state.selection.alertId);
  const [inside, setInside] = useState({ pointer: false, focus: false });
  const [released, setReleased] = useState(0);
  const [revealed, setRevealed] = useState(0);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [marks, setMarks] = useState(noMarks);
  const [activeGroup, setActiveGroup] = useState<string>();
  const { groups, hidden } = useAlertList(filter, inside.pointer || inside.focus, released);
  const rows = useMemo(() => rowsOf(groups, expanded), [groups, expanded]);
  const scroller = useRef<HTMLDivElement>(null);
  const selectedKey = rows.find((row) => row.kind === 'alert' && row.alert.id === selected)?.key;
  const activeKey = selectedKey ?? activeGroup;
  const root = useRootPixels();
  const rowHeight = useTight() ? tightRowRem * root : Math.max(leastRowPixels, rowRem * root);
  /** The line to bring into sight as soon as it is there. */
  const wanted = useRef<{ readonly key: string } | { readonly alertId: string }>(undefined);
  /** The unfolded line whose height is known. */
  const measured = useRef<string>(undefined);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => (rows[place]?.key === selectedKey ? 6.5 * root : rowHeight),
    overscan: 6,
    getItemKey: useCallback((place: number) => rows[place]?.key ?? place, [rows]),
    // React draws what a scroll uncovers with everything else that is new, not in a turn of its own.
    useFlushSync: false,
    // As the browser lays it out anyway; asked for on the spot, the whole page would be laid out within the task.
    measureElement: (element, entry, list) => {
      const place = list.indexFromElement(element);
      const height = entry?.borderBoxSize[0]?.blockSize;
      if (height === undefined) return list.measurementsCache[place]?.size ?? rowHeight;
      measured.current = rows[place]?.key;
      if (wanted.current !== undefined) setRevealed((count) => count + 1);
      return height;
    },
  });
  // Every line but the unfolded one has the same height, so that only that one is measured: with thousands of new
  // lines, measuring each would lay the page out again and again. What was measured before is not true any more.
  const forget = useEffectEvent(() => {
    measured.current = undefined;
    virtual.measure();
  });
  useLayoutEffect(() => forget(), [selectedKey, rowHeight]);

  useImperativeHandle(ref, () => ({
    reveal: (alert) => {
      const group = groups.find((each) => each.alerts.some((member) => member.id === alert.id));
      if (group === undefined) setReleased((count) => count + 1);
      if (group !== undefined && group.alerts.length > 1)
        setExpanded((before) => new Set(before).add(group.key));
      wanted.current = { alertId: alert.id };
      setRevealed((count) => count + 1);
      select({ alertId: alert.id });
      // With the focus the list holds still: what was asked for does not slide away under what comes after it.
      scroller.current?.focus();
    },
  }));
  const isWanted = (row: Row): boolean =>
    wanted.current !== undefined &&
    ('key' in wanted.current
      ? row.key === wanted.current.key
      : row.kind === 'alert' && row.alert.id === wanted.current.alertId);
  // Places are known without asking the page, which would lay it out for each question.
  const bring = useEffectEvent(() => {
    if (wanted.current === undefined) return;
    const place = rows.findIndex(isWanted);
    const line = virtual.measurementsCache[place];
    const box = scroller.current;
    if (line === undefined || box === null) {
      // Its line has only just appeared, folded: unfolded, the rows change and bring it.
      const { alertId } = { alertId: undefined, ...wanted.current };
      const group = groups.find((each) => each.alerts.some(({ id }) => id === alertId));
      if (group !== undefined) setExpanded(new Set(expanded).add(group.key));
      return;
    }
    const top = virtual.scrollOffset ?? 0;
    const height = virtual.scrollRect?.height ?? 0;
    if (line.start < top) box.scrollTop = line.start;
    else if (line.end > top + height) box.scrollTop = line.end - height;
    // The unfolded line is as high as what it says: once more when it was measured.
    if (line.key !== selectedKey || line.key === measured.current) wanted.current = undefined;
  });
  useEffect(() => {
    // With the frame that lays the page out.
    const frame = requestAnimationFrame(() => bring());
    return () => cancelAnimationFrame(frame);
  }, [rows, revealed, selectedKey]);

  const toggle = useCallback(
    (key: string): void =>
      setExpanded((before) => {
        const next = new Set(before);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  // Rows are drawn anew only for what they show: what they call stays the same function.
  const latest = useRef({ rows, onDetails });
  latest.current = { rows, onDetails };
  const mark = useCallback(
    (key: string, how: MarkHow) => setMarks((before) => markRow(latest.current.rows, before, key, how)),
    [],
  );
  const showDetails = useCallback(() => latest.current.onDetails?.(), []);
  const acknowledgeAll = useCallback(
    (alerts: readonly Alert[]): void => {
      for (const alert of alerts) void acknowledge(alert.id);
    },
    [acknowledge],
  );

  const onKeyDown = useListKeys({
    rows,
    activeKey,
    marks,
    onActive: (row) => {
      setActiveGroup(row.kind === 'group' ? row.key : undefined);
      wanted.current = { key: row.key };
      setRevealed((count) => count + 1);
      select({ alertId: row.kind === 'alert' ? row.alert.id : undefined });
      scroller.current?.focus();
    },
    onToggle: toggle,
    onMarks: setMarks,
    onDetails,
  });

  const lookUp = (id: string): Alert | undefined => {
    const { alerts, closedAlerts } = store.getState();
    return alerts.get(id) ?? closedAlerts.get(id);
  };
  const marked = [...marks.ids].flatMap((id) => lookUp(id) ?? []);
  const textOf = useAlertsAsText();
  /** Ctrl+C with marked lines copies them as text; a text that somebody selected goes before. */
  const onCopy = (event: ClipboardEvent): void => {
    if (marked.length === 0 || isTextField(event.target) || getSelection()?.isCollapsed === false) return;
    event.clipboardData.setData('text/plain', textOf(marked));
    event.preventDefault();
  };
  const changeFilter = (next: AlertFilter): void => {
    // What is out of sight is not acted upon.
    setMarks(noMarks);
    onFilter(next);
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
      onCopy={onCopy}
    >
      <div className="alerts-head">
        <h2>{t('alerts.title')}</h2>
        <AlertFilters filter={filter} onFilter={changeFilter}>
          <ExportButton filter={filter} />
        </AlertFilters>
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
        <Empty title={t(isFiltered(filter) ? 'alerts.emptyFilter' : 'alerts.empty')} />
      ) : (
        <div
          ref={scroller}
          className="alerts-rows scroll"
          tabIndex={0}
          role="group"
          aria-label={t('alerts.label')}
          onKeyDown={onKeyDown}
        >
          <ul className="virtual" style={{ blockSize: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index];
              if (row === undefined) return undefined;
              return (
                <li
                  key={key}
                  ref={key === selectedKey ? virtual.measureElement : undefined}
                  data-index={index}
                  className="virtual-row"
                  style={{
                    transform: `translateY(${start}px)`,
                    blockSize: key === selectedKey ? undefined : rowHeight,
                  }}
                >
                  {row.kind === 'group' ? (
                    <GroupRow
                      group={row.group}
                      open={row.open}
                      active={row.key === activeKey}
                      marked={isMarked(row, marks)}
                      onMark={mark}
                      onToggle={toggle}
                      onAcknowledgeAll={acknowledgeAll}
                    />
                  ) : (
                    <AlertRow
                      alert={row.alert}
                      rowKey={row.key}
                      nested={row.nested}
                      named={row.named}
                      selected={row.alert.id === selected}
                      marked={isMarked(row, marks)}
                      onMark={mark}
                      onDetails={onDetails === undefined ? undefined : showDetails}
                    />
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {marked.length > 0 && <BulkBar alerts={marked} textOf={textOf} onClear={() => setMarks(noMarks)} />}
    </section>
  );
};
