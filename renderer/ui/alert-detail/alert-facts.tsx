import type { Alert } from '../../../contract/domain.ts';
import { useLive } from '../../live/store.tsx';
import { alertValue } from '../alert-text.ts';
import { bothZones, formatMoment, formatTimeWithZone } from '../formats.ts';
import { useWords } from '../i18n.ts';
import { knownByText, knownText } from './known-text.ts';

/** The spring's height as this window knows it now, Cmm: only of the pass it watches. */
const useHeightNow = (alert: Alert): number | undefined =>
  useLive((state) => {
    if (alert.rule !== 'height' || alert.vehicleIndex === undefined) return undefined;
    if (state.watched === undefined || state.watched.passId !== alert.passId) return undefined;
    const vehicle = state.watched.vehicles.get(alert.vehicleIndex);
    return vehicle?.springs.find((spring) => spring.position === alert.position)?.heightCmm;
  });

/** What was measured and when, against which limit and rule, what is measured now, and what became of it so far. */
export const AlertFacts = ({ alert, zone }: { readonly alert: Alert; readonly zone: string }) => {
  const { t, language } = useWords();
  const now = useHeightNow(alert);
  const { known, acknowledgedBy, acknowledgedAt, escalatedAt } = alert;
  const facts: readonly (readonly [key: string, name: string, value: string | undefined, hover?: string])[] =
    [
      ['rule', t('alertFact.rule'), `${t(`rule.${alert.rule}`)} · ${t(`state.${alert.severity}`)}`],
      ['trigger', t('alertFact.trigger'), alertValue(alert, alert.value, language)],
      ['now', t('alertFact.now'), now === undefined ? undefined : alertValue(alert, now, language)],
      ['limit', t('alertFact.limit'), alertValue(alert, alert.limit, language)],
      [
        'raised',
        t('alertFact.raised'),
        formatMoment(alert.raisedAt, language, zone),
        bothZones(alert.raisedAt, language, zone),
      ],
      ['vehicle', t('alertFact.vehicle'), alert.vehicleNumber],
      [
        'escalated',
        t('alertFact.escalated'),
        escalatedAt === undefined ? undefined : formatTimeWithZone(escalatedAt, language, zone),
      ],
      [
        'acknowledged',
        t('alertFact.acknowledged'),
        acknowledgedBy === undefined
          ? undefined
          : [
              acknowledgedBy,
              acknowledgedAt === undefined ? undefined : formatMoment(acknowledgedAt, language, zone),
              alert.provisional ? t('alerts.provisional') : undefined,
            ]
              .filter((part) => part !== undefined)
              .join(' · '),
      ],
      ['known', t('alertFact.known'), known === undefined ? undefined : knownText(known, t, language, zone)],
      [
        'before',
        t('alertFact.before'),
        known === undefined ? undefined : knownByText(known, t, language, zone),
      ],
    ];
  return (
    <dl className="alert-facts" data-testid="alert-facts">
      {facts.map(
        ([key, name, value, hover]) =>
          value !== undefined && (
            <div key={key} data-testid={`alert-fact-${key}`}>
              <dt>{name}</dt>
              <dd title={hover}>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
};
