import { useEffect, useRef, useState } from 'react';
import { AlertList } from '../../features/alerts/alert-list.tsx';
import type { AlertListHandle } from '../../features/alerts/alert-list.tsx';
import type { AlertFilter } from '../../features/alerts/use-alert-list.ts';
import { Banner } from '../../features/banner/banner.tsx';
import { HelpPanel } from '../../features/help/help-panel.tsx';
import { PassList } from '../../features/passes/pass-list.tsx';
import { Preferences } from '../../features/preferences/preferences.tsx';
import { RejectedPanel } from '../../features/status-bar/rejected-panel.tsx';
import { StatusBar } from '../../features/status-bar/status-bar.tsx';
import { compareAlerts, isUnacknowledged, nextUnacknowledged } from '../../live/alert-order.ts';
import { usePicture } from '../../live/picture.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { classes, isTextField } from '../../ui/dom.ts';
import { useWords } from '../../ui/i18n.ts';
import { Failed, Loading } from '../../ui/messages.tsx';
import { focusNextRegion } from '../../ui/regions.ts';
import { useNarrow, useTight } from '../../ui/root-size.ts';
import { PassPanel } from './pass-panel.tsx';
import './system.css';

type Panel = 'help' | 'preferences' | 'rejected';

/** What the control room watches: alerts, passes, the train, the selected car, in one window without dialogs. */
export const SystemView = () => {
  const { t } = useWords();
  const { store, feed, select, show, acknowledge } = useLiveActions();
  const phase = useLive((state) => state.phase);
  const failure = useLive((state) => state.failure);
  const { freshness } = usePicture();
  const narrow = useNarrow();
  const tight = useTight();
  const [panel, setPanel] = useState<Panel>();
  const [passesShown, setPassesShown] = useState(false);
  const [filter, setFilter] = useState<AlertFilter>({ scope: 'all' });
  const list = useRef<AlertListHandle>(null);
  const toggle = (wanted: Panel): void => setPanel((before) => (before === wanted ? undefined : wanted));

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
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const state = store.getState();
      if (event.key === 'F1' || (event.key === '?' && !isTextField(event.target))) toggle('help');
      else if (event.key === 'F6') focusNextRegion(event.shiftKey);
      else if (event.key === 'F2') {
        const next = nextUnacknowledged(state.alerts.values(), state.selection.alertId);
        if (next === undefined) return;
        const { passId, vehicleIndex, position } = next;
        select({ passId, vehicleIndex, position: position?.length === 3 ? position : undefined });
        setFilter({ scope: 'all' });
        list.current?.reveal(next);
      } else if (event.key === 'Enter' && event.ctrlKey) {
        const { alertId } = state.selection;
        const alert = alertId === undefined ? undefined : state.alerts.get(alertId);
        if (alert === undefined || !isUnacknowledged(alert)) return;
        void acknowledge(alert.id);
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [store, select, acknowledge]);

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
    <div
      className={classes(
        'system',
        narrow && 'narrow',
        tight && 'tight',
        freshness === 'stale' && 'picture-stale',
      )}
      data-testid="system-view"
    >
      <Banner title={t('window.system')} panels={{ open: panel, onToggle: toggle }}>
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
            <AlertList ref={list} filter={filter} onFilter={setFilter} />
          </div>
        </main>
        {panel !== undefined && (
          <div className="system-side" data-region="side">
            {panel === 'help' && <HelpPanel view="system" onClose={() => setPanel(undefined)} />}
            {panel === 'preferences' && <Preferences onClose={() => setPanel(undefined)} />}
            {panel === 'rejected' && <RejectedPanel onClose={() => setPanel(undefined)} />}
          </div>
        )}
      </div>
      <div data-region="status">
        <StatusBar rejectedOpen={panel === 'rejected'} onRejected={() => toggle('rejected')} />
      </div>
    </div>
  );
};
