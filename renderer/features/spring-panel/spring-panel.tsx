import type { Alert, Spring } from '../../../contract/domain.ts';
import type { Car } from '../../live/car.ts';
import {
  formatConfidence,
  formatDifference,
  formatMillimetres,
  formatPosition,
  formatTimeWithZone,
  zoneOfSite,
} from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty } from '../../ui/messages.tsx';
import { changeSince, isCredible, reachedLimit, sideDifference } from '../../ui/spring-scale.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { springIndexOf } from '../../ui/vehicle-geometry.ts';
import { CarAlert } from './car-alert.tsx';
import { Maintenance } from './maintenance.tsx';
import { SpringImage } from './spring-image.tsx';
import './spring-panel.css';

/** A spring's own alerts, and those of the pair it belongs to (`3b` of `3Rb`). */
const concerns = (alert: Alert, position: string): boolean =>
  alert.position === position || alert.position === `${position[0]}${position[2]}`;

const Facts = ({ car, spring }: { readonly car: Car; readonly spring: Spring }) => {
  const { t, language } = useWords();
  const { minConfidence, sureConfidence } = car.detail.thresholds;
  const place = springIndexOf(spring.position);
  const { heightCmm, confidence } = spring;
  const change = changeSince(spring, car.detail.previous?.vehicle);
  const difference = sideDifference(car.vehicle, place, minConfidence);
  const limit = heightCmm === undefined ? undefined : reachedLimit(heightCmm, car.limits);
  const low = car.limits.warningLowCmm ?? car.limits.criticalLowCmm;
  const high = car.limits.warningHighCmm ?? car.limits.criticalHighCmm;
  const zone = zoneOfSite(car.pass.site);
  const credible = isCredible(spring, minConfidence);
  const certainty =
    confidence === undefined || confidence >= sureConfidence
      ? undefined
      : t(credible ? 'spring.unsure' : 'spring.notCredible');
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('spring.band'), `${formatMillimetres(low, language)}–${formatMillimetres(high, language)} mm`],
    [
      t('spring.change'),
      change === undefined ? t('car.noPrevious') : `${formatDifference(change, language)} mm`,
    ],
    [t('spring.difference'), difference === undefined ? '–' : `${formatDifference(difference, language)} mm`],
    [
      t('spring.confidence'),
      confidence === undefined
        ? '–'
        : [formatConfidence(confidence, language), certainty]
            .filter((part) => part !== undefined)
            .join(' · '),
    ],
    [
      t('spring.measuredAt'),
      spring.measuredAt === undefined
        ? '–'
        : [formatTimeWithZone(spring.measuredAt, language, zone), spring.cameraId]
            .filter((part) => part !== undefined)
            .join(' · '),
    ],
  ];
  return (
    <>
      <p className="spring-height" data-testid="spring-height">
        <strong>{heightCmm === undefined ? '–' : formatMillimetres(heightCmm, language)}</strong> mm
        {limit !== undefined && (
          <span> {t('spring.limit', { limit: formatMillimetres(limit, language) })}</span>
        )}
      </p>
      <dl className="spring-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};

/** Everything about the selected spring: judgement, figures, picture, alerts with their history. */
export const SpringPanel = ({
  car,
  position,
}: {
  readonly car: Car;
  readonly position: string | undefined;
}) => {
  const { t, language } = useWords();
  const spring =
    position === undefined ? undefined : car.vehicle.springs.find((each) => each.position === position);
  const own = spring === undefined ? [] : car.alerts.filter((alert) => concerns(alert, spring.position));
  const others = car.alerts.filter((alert) => !own.includes(alert));
  const code = spring === undefined ? '' : formatPosition(spring.position, language, car.vehicle.identified);
  const state = spring?.state ?? 'none';
  const defect = spring?.defect !== undefined && spring.defect !== 'none' ? spring.defect : undefined;
  return (
    <aside
      className="panel spring-panel scroll"
      aria-label={code === '' ? t('spring.position') : code}
      data-testid="spring-panel"
      data-region="spring"
      tabIndex={0}
    >
      {spring === undefined ? (
        <div className="spring-panel-none">
          <Empty title={t('spring.none')} />
        </div>
      ) : (
        <>
          <h2 className="spring-title">
            <StateMark state={state} decorative /> {code}
            <span>
              {defect === undefined
                ? t(`state.${state}`)
                : `${t(`defect.${defect}`)}${spring.defectConfidence === undefined ? '' : ` (${formatConfidence(spring.defectConfidence, language)})`}`}
            </span>
          </h2>
          <Facts car={car} spring={spring} />
          <SpringImage passId={car.pass.id} imageId={spring.imageId} code={code} />
          <h3>{t('spring.alerts')}</h3>
          {own.length === 0 && <p className="secondary">{t('spring.noAlerts')}</p>}
          {own.map((alert) => (
            <CarAlert key={alert.id} alert={alert} site={car.pass.site} now={spring.heightCmm} open />
          ))}
        </>
      )}
      {others.length > 0 && <h3>{t('spring.carAlerts')}</h3>}
      {others.map((alert) => (
        <CarAlert key={alert.id} alert={alert} site={car.pass.site} open={false} />
      ))}
      {car.vehicle.identified && car.vehicle.vehicleNumber !== undefined && (
        <Maintenance
          key={car.vehicle.vehicleNumber}
          vehicleNumber={car.vehicle.vehicleNumber}
          site={car.pass.site}
        />
      )}
    </aside>
  );
};
