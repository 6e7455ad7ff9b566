import { useEffect, useRef, useState } from 'react';
import { AlertList } from '../../features/alerts/alert-list.tsx';
import type { AlertListHandle } from '../../features/alerts/alert-list.tsx';
import { AlertPanel } from '../../features/alerts/alert-panel.tsx';
import type { AlertFilter } from '../../features/alerts/filter.ts';
import { Banner } from '../../features/banner/banner.tsx';
import { HelpPanel } from '../../features/help/help-panel.tsx';
import { PassList } from '../../features/passes/pass-list.tsx';
import { Preferences } from '../../features/preferences/preferences.tsx';
import { useWindowFrame } from '../../features/shell/window-frame.ts';
import { RejectedPanel } from '../../features/status-bar/rejected-panel.tsx';
import { StatusBar } from '../../features/status-bar/status-bar.tsx';
import { compareAlerts, isUnacknowledged, nextUnacknowledged } from '../../live/alert-order.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { useWords } from '../../ui/i18n.ts';
import { Failed, Loading } from '../../ui/messages.tsx';
import { PassPanel } from './pass-panel.tsx';
import './system.css';

/** What the control room watches: alerts, passes, the train, the selected car, in one window without dialogs. */
export const SystemView = () => {
  const { t } = useWords();
  const { store, feed, select, show, acknowledge } = useLiveActions();
  const phase = useLive((state) => state.phase);
  const failure = useLive((state) => state.failure);
  const [passesShown, setPassesShown] = useState(false);
  const [filter, setFilter] = useState<AlertFilter>({ scope: 'all' });
  const list = useRef<AlertListHandle>(null);

  useEffect(() => {
    document.title = `VICORE – ${t('window.system')}`;
  });
  useEffect(
    () =>
      window.vicore.onContext(({ passId, vehicleIndex, position }) => {
        if (passId !== undefined) show({ passId, vehicleIndex, position });
      }),
    [show],
  );
  const onKey = (event: KeyboardEvent): boolean => {
    const { alerts, shelved, selection } = store.getState();
    if (event.key === 'F2') {
      const next = nextUnacknowledged(alerts.values(), selection.alertId, shelved);
      if (next === undefined) return false;
      const { passId, vehicleIndex, position } = next;
      select({ passId, vehicleIndex, position: position?.length === 3 ? position : undefined });
      setFilter({ scope: 'all' });
      list.current?.reveal(next);
      return true;
    }
    if (event.key !== 'Enter' || !event.ctrlKey) return false;
    const alert = selection.alertId === undefined ? undefined : alerts.get(selection.alertId);
    if (alert === undefined || !isUnacknowledged(alert)) return false;
    void acknowledge(alert.id);
    return true;
  };
  const { panel, toggle, close, narrow, className } = useWindowFrame<'rejected' | 'alert'>('system', onKey);

  /** What blocks a confirmation, brought to the list. */
  const showBlocking = (): void => {
    const { alerts, selection } = store.getState();
    setFilter({ scope: 'pass' });
    const [first] = [...alerts.values()]
      .filter((alert) => alert.passId === selection.passId && isUnacknowledged(alert))
      .sort(compareAlerts);
    if (first === undefined) return;
    const { vehicleIndex, position } = first;
    select({ vehicleIndex, position: position?.length === 3 ? position : undefined });
    list.current?.reveal(first);
  };

  const showPasses = !narrow || passesShown;
  return (
    <div className={className} data-testid="system-view">
      <Banner
        title={t('window.system')}
        panels={{ open: panel, onToggle: toggle }}
        onShelved={() => setFilter({ scope: 'shelved' })}
      >
        {narrow && (
          <button
            type="button"
            className="button button-quiet"
            aria-expanded={passesShown}
            onClick={() => setPassesShown(!passesShown)}
          >
            ☰ <span className="visually-hidden">{t('passes.show')}</span>
          </button>
        )}
      </Banner>
      <div className="system-body">
        {showPasses && (
          <div className="system-passes" data-region="passes">
            <PassList onClose={narrow ? () => setPassesShown(false) : undefined} />
          </div>
        )}
        <main className="system-main">
          {phase === 'ready' ? (
            <PassPanel compact={narrow} onShowAlerts={showBlocking} />
          ) : (
            <div className="panel system-wait">
              {phase === 'failed' && failure !== undefined ? (
                <Failed title={t('pass.failed')} error={failure} retry={feed.retry}>
                  <p>{t('pass.retrying')}</p>
                </Failed>
              ) : (
                <Loading text={t('loading.snapshot')} />
              )}
            </div>
          )}
          <div className="system-alerts" data-region="alerts">
            <AlertList ref={list} filter={filter} onFilter={setFilter} onDetails={() => toggle('alert')} />
          </div>
        </main>
        {panel !== undefined && (
          <div className="system-side" data-region="side">
            {panel === 'help' && <HelpPanel view="system" onClose={close} />}
            {panel === 'preferences' && <Preferences onClose={close} />}
            {panel === 'rejected' && <RejectedPanel onClose={close} />}
            {panel === 'alert' && <AlertPanel onClose={close} />}
          </div>
        )}
      </div>
      <div data-region="status">
        <StatusBar rejectedOpen={panel === 'rejected'} onRejected={() => toggle('rejected')} />
      </div>
    </div>
  );
};
