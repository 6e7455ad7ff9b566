import type { Alert } from '../../../contract/domain.ts';
import { useSite } from '../../live/zone.ts';
import { knownText } from '../../ui/alert-detail/known-text.ts';
import { alertSubject, alertText } from '../../ui/alert-text.ts';
import { formatMoment, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';

/** Alerts as lines of text for a mail or a log book: when, how severe, where, what, its state, who has it. */
export const useAlertsAsText = (): ((alerts: readonly Alert[]) => string) => {
  const { t, language } = useWords();
  const zone = zoneOfSite(useSite());
  return (alerts) =>
    alerts
      .map((alert) =>
        [
          formatMoment(alert.raisedAt, language, zone),
          t(`state.${alert.severity}`),
          alertSubject(alert, t),
          alert.vehicleNumber,
          alertText(alert, t, language),
          t(`alertState.${alert.state}`),
          alert.owner ?? alert.acknowledgedBy,
          alert.known === undefined ? undefined : knownText(alert.known, t, language, zone),
        ]
          .filter((part) => part !== undefined)
          // One line each, whatever somebody put into a name.
          .map((part) => part.replaceAll(/\s+/g, ' '))
          .join('\t'),
      )
      .join('\n');
};
