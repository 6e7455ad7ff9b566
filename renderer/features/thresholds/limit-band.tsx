import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { formatMillimetres } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { classes } from '../../ui/dom.ts';
import { dragTo, keyTo, placeOn, ticks } from './band-geometry.ts';
import type { Band, Handle, Zone } from './band-geometry.ts';
import { newGesture } from './draft-store.ts';
import { fieldNumber } from './field-format.ts';

interface LimitBandProps {
  readonly band: Band;
  readonly zones: readonly Zone[];
  readonly handles: readonly Handle[];
  /** Limits of the version that is compared with, drawn as dashed lines. */
  readonly before: readonly number[];
  readonly label: string;
  /** Absent: the band is only looked at. */
  readonly onMove?: ((field: Handle['field'], cmm: number, gesture: string) => void) | undefined;
}

const percent = (share: number): string => `${share * 100}%`;
/** Narrower zones have no room for their name. */
const leastNamed = 0.09;

const Zones = ({ band, zones }: Pick<LimitBandProps, 'band' | 'zones'>) => {
  const { t } = useAdminWords();
  return zones.map(({ state, fromCmm, toCmm }) => {
    const from = placeOn(band, fromCmm);
    const length = placeOn(band, toCmm) - from;
    return (
      <div
        key={fromCmm}
        className={`band-zone zone-${state}`}
        style={{ insetInlineStart: percent(from), inlineSize: percent(length) }}
      >
        {length >= leastNamed && <span>{t(`state.${state}`)}</span>}
      </div>
    );
  });
};

/** A scale in millimetres with its zones; each limit is a flag on a pole that moves by mouse and by arrow keys. */
export const LimitBand = ({ band, zones, handles, before, label, onMove }: LimitBandProps) => {
  const { t, language } = useAdminWords();
  const track = useRef<HTMLDivElement>(null);
  const gesture = useRef<string>(undefined);
  /** While a limit is dragged the scale stands still, whatever the limit does. */
  const grabbed = useRef<Band>(undefined);
  const shown = grabbed.current ?? band;

  const move = (handle: Handle, clientX: number): void => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || onMove === undefined || gesture.current === undefined) return;
    onMove(handle.field, dragTo(shown, handle, (clientX - box.left) / box.width), gesture.current);
  };
  const grab = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    gesture.current = newGesture();
    grabbed.current = band;
  };
  const release = (): void => {
    gesture.current = undefined;
    grabbed.current = undefined;
  };
  const press = (handle: Handle, event: KeyboardEvent): void => {
    const next = keyTo(shown, handle, event.key, event.shiftKey);
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    gesture.current ??= newGesture();
    onMove?.(handle.field, next, gesture.current);
  };

  return (
    <div className="limit-band" role="group" aria-label={label} data-testid="band">
      <div className="band-flags">
        {handles.map((handle) => {
          const { field, valueCmm, severity } = handle;
          const at = { insetInlineStart: percent(placeOn(shown, valueCmm)) };
          const className = classes(
            'band-handle',
            `band-handle-${severity}`,
            field.endsWith('LowCmm') && 'band-handle-low',
          );
          const flag = (
            <span className="band-flag">
              <StateMark state={severity} decorative />
              <span className="number">{fieldNumber(field, valueCmm, language)}</span>
            </span>
          );
          return onMove === undefined ? (
            <div key={field} className={className} style={at}>
              {flag}
            </div>
          ) : (
            <div
              key={field}
              className={className}
              style={at}
              role="slider"
              tabIndex={0}
              aria-label={t(`thresholds.field.${field}`)}
              aria-valuemin={handle.leastCmm / 100}
              aria-valuemax={handle.mostCmm / 100}
              aria-valuenow={valueCmm / 100}
              aria-valuetext={t('thresholds.handleText', {
                value: fieldNumber(field, valueCmm, language),
                state: t(`state.${severity}`),
              })}
              data-testid={`handle-${field}`}
              onPointerDown={grab}
              onPointerMove={(event) => move(handle, event.clientX)}
              onPointerUp={release}
              onLostPointerCapture={release}
              onKeyDown={(event) => press(handle, event)}
              onKeyUp={() => {
                gesture.current = undefined;
              }}
            >
              {flag}
            </div>
          );
        })}
      </div>
      <div ref={track} className="band-track">
        <Zones band={shown} zones={zones} />
        {before.map((cmm) => (
          <div key={cmm} className="band-before" style={{ insetInlineStart: percent(placeOn(shown, cmm)) }} />
        ))}
      </div>
      <div className="band-axis" aria-hidden="true">
        {ticks(shown, 12).map((cmm) => (
          <span key={cmm} style={{ insetInlineStart: percent(placeOn(shown, cmm)) }}>
            {formatMillimetres(cmm, language).replace(/[.,]0$/, '')}
          </span>
        ))}
      </div>
    </div>
  );
};
