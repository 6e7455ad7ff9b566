import { useEffect, useState } from 'react';
import type { WindowContext } from '../../../contract/results.ts';
import { Banner } from '../../features/banner/banner.tsx';
import { HelpPanel } from '../../features/help/help-panel.tsx';
import { Preferences } from '../../features/preferences/preferences.tsx';
import { isUnacknowledged, nextUnacknowledged } from '../../live/alert-order.ts';
import { askCar, useCarIdentity } from '../../live/car.ts';
import { usePicture } from '../../live/picture.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { useAsk } from '../../ui/ask.ts';
import { classes, isTextField } from '../../ui/dom.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/messages.tsx';
import { focusNextRegion } from '../../ui/regions.ts';
import { useNarrow, useTight } from '../../ui/root-size.ts';
import { CarBody } from './car-body.tsx';
import './car.css';

interface CarLoaderProps {
  readonly passId: string;
  readonly vehicleIndex: number;
  readonly context: WindowContext;
}

const CarLoader = ({ passId, vehicleIndex, context }: CarLoaderProps) => {
  const { t } = useWords();
  const identity = useCarIdentity(passId, vehicleIndex);
  const asked = useAsk(`car ${identity}`, () => askCar(passId, vehicleIndex), true);
  if (asked.kind === 'loading') {
    return (
      <main className="panel">
        <Loading text={t('car.loading')} />
      </main>
    );
  }
  if (asked.kind === 'failed') {
    return (
      <main className="panel">
        <Failed title={t('car.failed')} error={asked.error} retry={asked.retry} />
      </main>
    );
  }
  return <CarBody detail={asked.value} context={context} />;
};

/** One car in a window of its own: following the system view's selection, or pinned. */
export const CarView = ({ first }: { readonly first: WindowContext }) => {
  const { t } = useWords();
  const { store, select, show, acknowledge } = useLiveActions();
  const [context, setContext] = useState(first);
  const { passId, vehicleIndex } = useLive((state) => state.selection);
  const { freshness } = usePicture();
  const narrow = useNarrow();
  const tight = useTight();
  const [panel, setPanel] = useState<'help' | 'preferences'>();
  const toggle = (wanted: 'help' | 'preferences'): void =>
    setPanel((before) => (before === wanted ? undefined : wanted));

  useEffect(
    () =>
      window.vicore.onContext((next) => {
        setContext(next);
        if (next.passId === undefined) return;
        show({ passId: next.passId, vehicleIndex: next.vehicleIndex, position: next.position });
      }),
    [show],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { alerts, selection } = store.getState();
      if (event.key === 'F1' || (event.key === '?' && !isTextField(event.target))) toggle('help');
      else if (event.key === 'F6') focusNextRegion(event.shiftKey);
      else if (event.key === 'F2') {
        const cars = [...alerts.values()].filter((alert) => alert.vehicleIndex !== undefined);
        const next = nextUnacknowledged(cars, selection.alertId);
        if (next === undefined) return;
        const position = next.position?.length === 3 ? next.position : undefined;
        select({ passId: next.passId, vehicleIndex: next.vehicleIndex, position, alertId: next.id });
      } else if (event.key === 'Enter' && event.ctrlKey) {
        const here = [...alerts.values()].filter(
          (alert) =>
            alert.passId === selection.passId &&
            alert.vehicleIndex === selection.vehicleIndex &&
            isUnacknowledged(alert) &&
            (alert.id === selection.alertId || alert.position === selection.position),
        );
        const chosen =
          here.find((alert) => alert.id === selection.alertId) ?? (here.length === 1 ? here[0] : undefined);
        if (chosen === undefined) return;
        void acknowledge(chosen.id);
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [store, select, acknowledge]);

  return (
    <div
      className={classes(
        'car-view',
        narrow && 'narrow',
        tight && 'tight',
        freshness === 'stale' && 'picture-stale',
      )}
      data-testid="car-view"
    >
      <Banner title={t('window.car')} panels={{ open: panel, onToggle: toggle }} />
      <div className="car-outer">
        {passId === undefined || vehicleIndex === undefined ? (
          <main className="panel">
            <Empty title={t('car.none')}>{t('car.noneText')}</Empty>
          </main>
        ) : (
          <CarLoader passId={passId} vehicleIndex={vehicleIndex} context={context} />
        )}
        {panel !== undefined && (
          <div className="car-side-panel" data-region="side">
            {panel === 'help' ? (
              <HelpPanel view="car" onClose={() => setPanel(undefined)} />
            ) : (
              <Preferences onClose={() => setPanel(undefined)} />
            )}
          </div>
        )}
      </div>
    </div>
  );
};
