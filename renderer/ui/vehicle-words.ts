import type { ThresholdSet, Vehicle } from '../../contract/domain.ts';
import { hasKey, useWords } from './i18n.ts';

/** What a car is, part by part: number, type, axles, which end leads; an unknown type or axle count says so. */
export const useVehicleWords = (
  vehicle: Vehicle,
  thresholds: ThresholdSet | undefined,
): readonly string[] => {
  const { t } = useWords();
  const axles = t('car.axles', { count: vehicle.axles });
  if (!vehicle.identified) return [t('car.unidentified'), axles];
  const type = vehicle.vehicleType ?? '';
  const limits = thresholds?.types[type];
  const key = `vehicleType.${type}`;
  const name = hasKey(key) ? t(key) : type;
  const expected = limits?.axles;
  return [
    vehicle.vehicleNumber ?? '–',
    thresholds !== undefined && limits === undefined ? t('car.unknownType', { type: name }) : name,
    expected === undefined || expected === vehicle.axles
      ? axles
      : `${axles} (${t('car.axlesExpected', { count: expected })})`,
    vehicle.leadingEnd === undefined ? t('car.leadUnknown') : t('car.leads', { end: vehicle.leadingEnd }),
  ];
};
