import { useEffect, useRef, useState } from 'react';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useWantedLimits, wantLimits } from '../../live/wanted-limits.ts';
import { useAsk } from '../../ui/ask.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { addType } from './draft.ts';
import type { Draft } from './draft.ts';
import type { EditDraft } from './draft-store.ts';
import { limitsOf, typeCodes } from './places.ts';
import { typeName } from './type-name.ts';

interface AddTypeProps {
  readonly draft: Draft;
  readonly onEdit: EditDraft;
  readonly allowed: boolean;
  readonly onAdded: (code: string) => void;
}

/** Limits for a vehicle type that was entered but has none yet: to begin with those of a type it resembles. */
export const AddType = ({ draft, onEdit, allowed, onAdded }: AddTypeProps) => {
  const { t } = useAdminWords();
  const version = useReference('vehicle-type');
  const asked = useAsk(`types ${version}`, () => call('admin.listVehicleTypes', { limit: 200 }), true);
  const wanted = useWantedLimits();
  const add = useRef<HTMLButtonElement>(null);
  const [code, setCode] = useState<string>();
  const [like, setLike] = useState('');
  const known = typeCodes(draft.values);
  const without =
    asked.kind === 'ready'
      ? asked.value.items.filter((each) => each.name !== undefined && !known.includes(each.code))
      : [];
  const chosen = without.find((each) => each.code === (code ?? wanted)) ?? without[0];
  const model = limitsOf(draft.values, like) ?? limitsOf(draft.values, known[0] ?? '');
  const ready = chosen !== undefined;
  useEffect(() => {
    if (wanted !== undefined && ready) add.current?.focus();
  }, [wanted, ready]);
  if (chosen === undefined || model === undefined) return undefined;
  return (
    <section className="values-part add-type" aria-label={t('thresholds.add.title')}>
      <h3>{t('thresholds.add.title')}</h3>
      <label>
        <span>{t('thresholds.add.type')} </span>
        <select className="select" value={chosen.code} onChange={(event) => setCode(event.target.value)}>
          {without.map((each) => (
            <option key={each.code} value={each.code}>
              {each.name} ({each.code})
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('thresholds.add.like')} </span>
        <select
          className="select"
          value={like === '' ? known[0] : like}
          onChange={(event) => setLike(event.target.value)}
        >
          {known.map((each) => (
            <option key={each} value={each}>
              {typeName(each, t)}
            </option>
          ))}
        </select>
      </label>
      <button
        ref={add}
        type="button"
        className="button"
        disabled={!allowed}
        data-testid="threshold-add-type"
        onClick={() => {
          onEdit((mine) => addType(mine, chosen.code, { ...model, axles: chosen.axles ?? model.axles }));
          wantLimits(undefined);
          setCode(undefined);
          onAdded(chosen.code);
        }}
      >
        {t('thresholds.add.do')}
      </button>
    </section>
  );
};
