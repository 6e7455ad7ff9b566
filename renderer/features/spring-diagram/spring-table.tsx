import { useEffect, useRef } from 'react';
import type { TypeLimits, Vehicle } from '../../../contract/domain.ts';
import {
  formatConfidence,
  formatDifference,
  formatMillimetres,
  formatNumber,
  formatPosition,
} from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { changeSince, sideDifference } from '../../ui/spring-scale.ts';
import { StateMark } from '../../ui/state-mark.tsx';

interface SpringTableProps {
  readonly vehicle: Vehicle;
  readonly limits: TypeLimits;
  readonly minConfidence: number;
  readonly previous: Vehicle | undefined;
  readonly selected: string | undefined;
  readonly onSelect: (position: string) => void;
}

/** The same springs as figures, in the order of their codes. */
export const SpringTable = ({
  vehicle,
  limits,
  minConfidence,
  previous,
  selected,
  onSelect,
}: SpringTableProps) => {
  const { t, language } = useWords();
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    const row = body.current?.querySelector('[data-selected="true"]');
    const box = body.current?.closest('.scroll');
    if (!row || !box) return undefined;
    // At once and whenever the room changes: a line in the banner would leave the row half cut.
    const observer = new ResizeObserver(() => row.scrollIntoView({ block: 'nearest' }));
    observer.observe(box);
    return () => observer.disconnect();
  }, [selected]);
  const low = limits.warningLowCmm ?? limits.criticalLowCmm;
  const high = limits.warningHighCmm ?? limits.criticalHighCmm;
  const band = `${formatNumber(low / 100, language)}–${formatNumber(high / 100, language)}`;
  const signed = (cmm: number | undefined): string =>
    cmm === undefined ? '–' : formatDifference(cmm, language);
  return (
    <table className="spring-table" aria-label={t('car.table')} data-testid="spring-table">
      <thead>
        <tr>
          <th scope="col">{t('spring.position')}</th>
          <th scope="col">
            {t('spring.height')} <span className="spring-unit">mm</span>
          </th>
          <th scope="col">{t('spring.band')}</th>
          <th scope="col">{t('spring.changeShort')}</th>
          <th scope="col">{t('spring.differenceShort')}</th>
          <th scope="col">{t('spring.state')}</th>
          <th scope="col">{t('spring.confidenceShort')}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {vehicle.springs.map((spring, place) => {
          const state = spring.state ?? 'none';
          const defect = spring.defect !== undefined && spring.defect !== 'none' ? spring.defect : undefined;
          return (
            <tr
              key={spring.position}
              data-selected={spring.position === selected}
              data-testid={`spring-row-${spring.position}`}
              onClick={() => onSelect(spring.position)}
            >
              <td>
                <button type="button" className="spring-pick">
                  {formatPosition(spring.position, language, vehicle.identified)}
                </button>
              </td>
              <td>{spring.heightCmm === undefined ? '–' : formatMillimetres(spring.heightCmm, language)}</td>
              <td className="secondary">{band}</td>
              <td>{signed(changeSince(spring, previous))}</td>
              <td>{signed(sideDifference(vehicle, place, minConfidence))}</td>
              <td>
                <StateMark state={state} decorative />{' '}
                <span className={defect === undefined ? 'spring-state-word' : undefined}>
                  {defect === undefined ? t(`state.${state}`) : t(`defect.${defect}`)}
                </span>
              </td>
              <td>
                {(spring.confidence ?? spring.defectConfidence) === undefined
                  ? '–'
                  : formatConfidence(spring.confidence ?? spring.defectConfidence ?? 0, language)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
