import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { ThresholdValues } from '../../../contract/domain.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { heightBand } from './band-geometry.ts';
import type { EditDraft } from './draft-store.ts';
import { thresholdDifferences } from './difference.ts';
import { MiniBand } from './mini-band.tsx';
import { limitsOf, typeCodes } from './places.ts';
import { typeName } from './type-name.ts';
import { CommonPanel, TypePanel } from './values-panel.tsx';

interface ValuesViewProps {
  readonly values: ThresholdValues;
  readonly before?: ThresholdValues | undefined;
  readonly texts: Readonly<Record<string, string>>;
  readonly problems: ReadonlyMap<string, string>;
  /** Absent: the values can only be read. */
  readonly onEdit?: EditDraft | undefined;
  /** A vehicle type's code; empty: the common values. */
  readonly tab: string;
  readonly onTab: (tab: string) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** A threshold set: vehicle types with their bands on one scale to the left, the chosen one in full to the right. */
export const ValuesView = ({ tab, onTab, ...rest }: ValuesViewProps) => {
  const { t } = useAdminWords();
  const { values, before, problems } = rest;
  const list = useRef<HTMLDivElement>(null);
  const codes = typeCodes(values);
  const tabs = [...codes, ''];
  const chosen = tabs.includes(tab) ? tab : (tabs[0] ?? '');
  const band = heightBand(Object.values(values.types));
  const changed = new Map<string, number>();
  for (const { place } of before === undefined ? [] : thresholdDifferences(before, values)) {
    changed.set(place.type ?? '', (changed.get(place.type ?? '') ?? 0) + 1);
  }
  const wrong = new Set([...problems.keys()].map((key) => key.slice(0, key.lastIndexOf('/'))));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[Math.max(0, Math.min(tabs.length - 1, tabs.indexOf(chosen) + step))] ?? '';
    onTab(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className="threshold-values">
      <div
        ref={list}
        className="values-tabs"
        role="tablist"
        aria-orientation="vertical"
        aria-label={t('thresholds.types')}
        onKeyDown={onKeyDown}
      >
        {tabs.map((code) => {
          const limits = limitsOf(values, code);
          const count = changed.get(code) ?? 0;
          return (
            <button
              key={code}
              type="button"
              role="tab"
              className="values-tab"
              id={`threshold-tab-${code}`}
              aria-selected={code === chosen}
              aria-controls="threshold-values"
              tabIndex={code === chosen ? 0 : -1}
              data-tab={code}
              data-testid={`threshold-tab-${code === '' ? 'common' : code}`}
              onClick={() => onTab(code)}
            >
              <b>{code === '' ? t('thresholds.common') : typeName(code, t)}</b>
              {code !== '' && <span className="secondary">{code}</span>}
              {limits !== undefined && <MiniBand band={band} limits={limits} />}
              {count > 0 && <span className="tab-note">{t('thresholds.changes', { count })}</span>}
              {wrong.has(code) && (
                <span className="tab-note">
                  <StateMark state="warning" decorative /> {t('thresholds.impossible')}
                </span>
              )}
            </button>
          );
        })}
      </div>
      <div
        id="threshold-values"
        className="values-panel"
        role="tabpanel"
        aria-labelledby={`threshold-tab-${chosen}`}
        data-testid="threshold-values"
      >
        {chosen === '' ? <CommonPanel {...rest} /> : <TypePanel key={chosen} {...rest} code={chosen} />}
      </div>
    </div>
  );
};
