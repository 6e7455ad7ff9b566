import { useLive } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { AlertDetail } from '../../ui/alert-detail/alert-detail.tsx';
import { alertSubject, alertText, flashOf } from '../../ui/alert-text.ts';
import { zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { StateMark } from '../../ui/state-mark.tsx';

/** Everything about the alert that is selected in the list, beside the live picture. */
export const AlertPanel = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, language } = useWords();
  const alert = useLive(({ selection: { alertId }, alerts, closedAlerts }) =>
    alertId === undefined ? undefined : (alerts.get(alertId) ?? closedAlerts.get(alertId)),
  );
  const zone = zoneOfSite(useSite());
  return (
    <SidePanel
      title={alert === undefined ? t('alerts.details') : alertSubject(alert, t)}
      onClose={onClose}
      testId="alert-panel"
    >
      {alert === undefined ? (
        <Empty title={t('alerts.chooseOne')} />
      ) : (
        <>
          <h3 className="alert-panel-title">
            <StateMark state={alert.severity} flash={flashOf(alert)} /> {alertText(alert, t, language)}
          </h3>
          <p className="secondary">{t(`alertState.${alert.state}`)}</p>
          <AlertDetail key={alert.id} alert={alert} zone={zone} />
        </>
      )}
    </SidePanel>
  );
};
