import { useClock } from '../../live/clock.ts';
import { bothZones, formatMoment, workstationZone } from '../formats.ts';
import { useAdminWords } from '../i18n.ts';
import { formatAgo, formatUtc } from './times.ts';

interface MomentProps {
  readonly at: number;
  /** `site`: this workstation's zone, the other one in the tooltip; `utc` for what is evidence. */
  readonly zone?: 'site' | 'utc';
  /** Which of the two forms is shown; the other one is in the tooltip. */
  readonly show?: 'both' | 'absolute' | 'relative';
  /** Without the zone's name: in a column whose heading names it. */
  readonly bare?: boolean;
}

/** A moment as people ask for it (how long ago) and as they write it down (date, time, zone). */
export const Moment = ({ at, zone = 'site', show = 'both', bare = false }: MomentProps) => {
  const { language } = useAdminWords();
  const { wall } = useClock();
  const absolute = zone === 'utc' ? formatUtc(at, language) : formatMoment(at, language, workstationZone());
  const ago = formatAgo(at, wall, language);
  const hover = zone === 'utc' ? absolute : bothZones(at, language, workstationZone());
  return (
    <time className="moment" dateTime={new Date(at).toISOString()} title={`${hover}\n${ago}`}>
      {show !== 'relative' && <span>{bare ? absolute.replace(/ \S+$/, '') : absolute}</span>}
      {show === 'both' && ' · '}
      {show !== 'absolute' && <span className={show === 'both' ? 'secondary' : ''}>{ago}</span>}
    </time>
  );
};
