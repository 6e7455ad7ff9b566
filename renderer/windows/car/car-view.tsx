import { useEffect, useState } from 'react';
import type { WindowContext } from '../../../contract/results.ts';
import { Banner } from '../../features/banner/banner.tsx';
import { HelpPanel } from '../../features/help/help-panel.tsx';
import { Preferences } from '../../features/preferences/preferences.tsx';
import { useWindowFrame } from '../../features/shell/window-frame.ts';
import { isUnacknowledged, nextUnacknowledged } from '../../live/alert-order.ts';
import { askCar, useCarIdentity } from '../../live/car.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { useAsk } from '../../ui/ask.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/messages.tsx';
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
  useEffect(
    () =>
      window.vicore.onContext((next) => {
        setContext(next);
        if (next.passId === undefined) return;
        show({ passId: next.passId, vehicleIndex: next.vehicleIndex, position: next.position });
      }),
    [show],
  );
  const onKey = (event: KeyboardEvent): boolean => {
    const { alerts, shelved, selection } = store.getState();
    if (event.key === 'F2') {
      const cars = [...alerts.values()].filter((alert) => alert.vehicleIndex !== undefined);
      const next = nextUnacknowledged(cars, selection.alertId, shelved);
      if (next === undefined) return false;
      const position = next.position?.length === 3 ? next.position : undefined;
      select({ passId: next.passId, vehicleIndex: next.vehicleIndex, position, alertId: next.id });
      return true;
    }
    if (event.key !== 'Enter' || !event.ctrlKey) return false;
    const here = [...alerts.values()].filter(
      (alert) =>
        alert.passId === selection.passId &&
        alert.vehicleIndex === selection.vehicleIndex &&
        isUnacknowledged(alert) &&
        (alert.id === selection.alertId || alert.position === selection.position),
    );
    const chosen =
      here.find((alert) => alert.id === selection.alertId) ?? (here.length === 1 ? here[0] : undefined);
    if (chosen === undefined) return false;
    void acknowledge(chosen.id);
    return true;
  };
  const { panel, toggle, close, className } = useWindowFrame('car-view', onKey);

  return (
    <div className={className} data-testid="car-view">
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
            {panel === 'help' ? <HelpPanel view="car" onClose={close} /> : <Preferences onClose={close} />}
          </div>
        )}
      </div>
    </div>
  );
};
