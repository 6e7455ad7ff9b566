import { memo } from 'react';
import type { Pass } from '../../../contract/domain.ts';
import { bothZones, formatDay, formatShortTime, isOtherDay, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

interface PassRowProps {
  readonly pass: Pass;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly onSelect: (place: { readonly passId: string }) => void;
}

export const PassRow = memo(({ pass, top, height, selected, onSelect }: PassRowProps) => {
  const { t, language } = useWords();
  const zone = zoneOfSite(pass.site);
  const time = formatShortTime(pass.startedAt, language, zone);
  const old = isOtherDay(pass.startedAt, Date.now(), zone);
  const state = pass.state ?? 'none';
  const status = t(`passStatus.${pass.status}`);
  return (
    <div
      id={`pass-${pass.id}`}
      className="pass-row"
      role="option"
      aria-selected={selected}
      data-testid="pass-row"
      data-pass-id={pass.id}
      data-status={pass.status}
      style={{ transform: `translateY(${top}px)`, blockSize: height }}
      onPointerDown={() => onSelect({ passId: pass.id })}
    >
      <StateMark state={state} />
      <span className="pass-train">{pass.trainNumber}</span>
      <span className="secondary">{pass.track}</span>
      <time className="pass-time" title={bothZones(pass.startedAt, language, zone)}>
        {old ? `${formatDay(pass.startedAt, language, zone)} ${time}` : time}
      </time>
      <span className={`pass-status pass-status-${pass.status}`}>
        {pass.reopened ? t('pass.reopened') : status}
        {pass.aborted && ` · ${t('pass.aborted')}`}
      </span>
    </div>
  );
});
