import { useEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Pass, Vehicle } from '../../../contract/domain.ts';
import type { TrendPoint } from '../../../contract/results.ts';
import { call } from '../../live/call.ts';
import { usePreferences } from '../../live/preferences.ts';
import { useAsk } from '../../ui/ask.ts';
import { formatMillimetres, formatMoment, formatPosition, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/messages.tsx';
import { useRootPixels } from '../../ui/root-size.ts';
import { TrendChart } from './trend-chart.tsx';
import './trends.css';

/** Passes shown (docs/user-guide, car view). */
const shownPasses = 50;

interface TrendPanelProps {
  readonly pass: Pass;
  readonly vehicle: Vehicle;
  readonly position: string;
  readonly onOpen: (passId: string, vehicleIndex: number) => void;
}

/** How one spring of this car has stood in its last passes; an unidentified car has no history. */
export const TrendPanel = ({ pass, vehicle, position, onOpen }: TrendPanelProps) => {
  const { t, language } = useWords();
  const { theme, size } = usePreferences();
  const rem = useRootPixels();
  const height = vehicle.springs.find((spring) => spring.position === position)?.heightCmm;
  const key = `trend ${pass.id} ${vehicle.index} ${position} ${vehicle.vehicleNumber ?? ''} ${height ?? ''}`;
  const asked = useAsk(
    key,
    () =>
      call('springs.trend', { passId: pass.id, vehicleIndex: vehicle.index, position, limit: shownPasses }),
    true,
  );
  const [at, setAt] = useState<number>();
  useEffect(() => setAt(undefined), [key]);
  const code = formatPosition(position, language, vehicle.identified);
  if (!vehicle.identified) return <Empty title={t('trend.unidentified')} />;
  if (asked.kind === 'loading') return <Loading text={t('trend.loading')} />;
  if (asked.kind === 'failed')
    return <Failed title={t('trend.failed')} error={asked.error} retry={asked.retry} />;
  const { points, limits, position: answered } = asked.value;
  if (points.length === 0 || answered !== position) return <Empty title={t('trend.none')} />;
  const zone = zoneOfSite(pass.site);
  const words = (point: TrendPoint): string => {
    const when = formatMoment(point.startedAt, language, zone);
    return point.heightCmm === undefined
      ? t('trend.pointNone', { when })
      : t('trend.point', { when, height: formatMillimetres(point.heightCmm, language) });
  };
  const shown = at === undefined ? undefined : points[at];
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined && !event.altKey) {
      const from = at ?? (step < 0 ? points.length : -1);
      setAt(Math.max(0, Math.min(points.length - 1, from + step)));
    } else if (event.key === 'Enter' && shown !== undefined) onOpen(shown.passId, shown.vehicleIndex);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <h2 className="trend-title">{t('trend.title', { position: code, count: points.length })}</h2>
      <div
        className="trend"
        role="application"
        tabIndex={0}
        aria-label={`${t('trend.label', { position: code, count: points.length })}. ${t('trend.help')}`}
        data-testid="trend"
        onKeyDown={onKeyDown}
      >
        <TrendChart
          key={`${theme} ${size} ${language} ${rem}`}
          points={points}
          limits={limits}
          passId={pass.id}
          at={at}
          language={language}
          zone={zone}
          rem={rem}
          onPoint={setAt}
          onOpen={(index) => {
            const point = points[index];
            if (point !== undefined) onOpen(point.passId, point.vehicleIndex);
          }}
        />
      </div>
      <p className="trend-point" aria-live="polite">
        {shown === undefined ? <span className="secondary">{t('trend.help')}</span> : words(shown)}
      </p>
    </>
  );
};
