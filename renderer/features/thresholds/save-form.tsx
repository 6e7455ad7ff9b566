import { useState } from 'react';
import type { CallError } from '../../../contract/errors.ts';
import type { ThresholdSet } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useClock } from '../../live/clock.ts';
import { bothZones, formatMoment } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { ErrorLine } from '../../ui/panel/error-line.tsx';
import { ReasonField, isReason } from '../../ui/panel/reason-field.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import type { Draft, Effect } from './draft.ts';
import type { EditDraft } from './draft-store.ts';
import { clockStepMs, nextAfter } from './standing.ts';
import { momentOf, wallClock } from '../../ui/zoned-time.ts';

const hourMs = 3_600_000;

interface SaveFormProps {
  readonly draft: Draft;
  readonly onEdit: EditDraft;
  readonly versions: readonly ThresholdSet[];
  readonly zones: readonly string[];
  /** Why the values cannot be saved as they are, in words; empty: they can. */
  readonly obstacles: readonly string[];
  readonly onSaved: (saved: ThresholdSet) => void;
  /** Somebody saved meanwhile. */
  readonly onConflict: () => void;
  /** Somebody saved meanwhile, and that is said further up: leads there. */
  readonly onShowConflict?: (() => void) | undefined;
}

interface EffectMoment {
  readonly at?: number | undefined;
  readonly problem?: string | undefined;
}

/** Reason and time of effect of a new version; what is still missing stands beside the button. */
export const SaveForm = ({
  draft,
  onEdit,
  versions,
  zones,
  obstacles,
  onSaved,
  onConflict,
  onShowConflict,
}: SaveFormProps) => {
  const { t, language } = useAdminWords();
  const { wall } = useClock();
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<CallError>();
  const { effect, reason } = draft;
  const zone = zones[0] ?? 'Europe/London';
  const setEffect = (next: Effect): void => onEdit((mine) => ({ ...mine, effect: next }));

  const moment = ((): EffectMoment => {
    if (effect.kind === 'now') return {};
    const found = momentOf(effect.text.trim().replace(' ', 'T'), effect.zone);
    if (found.kind === 'never') return { problem: t('thresholds.save.never') };
    return found.at <= wall ? { problem: t('thresholds.save.past') } : { at: found.at };
  })();
  /** A version that takes effect later than this one ends its time, whenever it was saved. */
  const next = nextAfter(versions, moment.at ?? wall + clockStepMs);
  const missing = [
    ...obstacles,
    ...(!isReason(reason) ? [t('thresholds.save.noReason')] : []),
    ...(moment.problem === undefined ? [] : [moment.problem]),
  ];

  const save = async (): Promise<void> => {
    setSaving(true);
    setError(undefined);
    const answer = await call('admin.saveThresholds', {
      base: draft.base.version,
      values: draft.values,
      reason: reason.trim(),
      effectiveAt: moment.at,
    });
    setSaving(false);
    if (answer.ok) return onSaved(answer.value);
    setError(answer.error);
    if (answer.error.code === 'conflict') onConflict();
  };

  return (
    <form
      className="values-part save-form"
      aria-label={t('thresholds.save.title')}
      data-testid="threshold-save-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0 && !saving) void save();
      }}
    >
      <h3>{t('thresholds.save.title')}</h3>
      <ReasonField
        value={reason}
        label={t('thresholds.save.reason')}
        onChange={(next) => onEdit((mine) => ({ ...mine, reason: next }))}
      />
      <fieldset className="save-effect">
        <legend>{t('thresholds.save.effect')}</legend>
        <label className="threshold-choice">
          <input
            type="radio"
            name="effect"
            checked={effect.kind === 'now'}
            data-testid="effect-now"
            onChange={() => setEffect({ kind: 'now' })}
          />
          {t('thresholds.save.now')}
        </label>
        <label className="threshold-choice">
          <input
            type="radio"
            name="effect"
            checked={effect.kind === 'later'}
            data-testid="effect-later"
            onChange={() =>
              setEffect({
                kind: 'later',
                zone,
                text: wallClock(wall + hourMs, zone)
                  .replace('T', ' ')
                  .replace(/\d\d$/, '00'),
              })
            }
          />
          {t('thresholds.save.later')}
        </label>
        {effect.kind === 'later' && (
          <div className="save-time">
            <input
              className="field"
              value={effect.text}
              maxLength={16}
              autoComplete="off"
              placeholder={t('thresholds.save.timeFormat')}
              aria-label={t('thresholds.save.time')}
              aria-invalid={moment.problem !== undefined}
              data-testid="effect-time"
              onChange={(event) => setEffect({ ...effect, text: event.target.value })}
            />
            <select
              className="select"
              value={effect.zone}
              aria-label={t('thresholds.save.zone')}
              onChange={(event) => setEffect({ ...effect, zone: event.target.value })}
            >
              {zones.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
            {moment.at !== undefined && (
              <span className="secondary save-both">{bothZones(moment.at, language, effect.zone)}</span>
            )}
          </div>
        )}
        <p className="secondary">{t('thresholds.save.effectHelp')}</p>
        {next !== undefined && (
          <p className="save-after" role="status" data-testid="threshold-superseded">
            <StateMark state="warning" decorative />{' '}
            {t('thresholds.save.superseded', {
              version: next.version,
              when: formatMoment(next.effectiveAt, language, zone),
            })}
          </p>
        )}
      </fieldset>
      <ErrorLine error={error} />
      {error !== undefined && <p className="secondary">{t('thresholds.save.kept')}</p>}
      <div className="acts">
        <button
          type="submit"
          className="button button-strong"
          disabled={missing.length > 0 || saving}
          data-testid="threshold-save"
        >
          {saving
            ? t('thresholds.save.working')
            : t('thresholds.save.do', { version: draft.base.version + 1 })}
        </button>
        {onShowConflict !== undefined && (
          <button type="button" className="button" onClick={onShowConflict}>
            {t('thresholds.conflict.show')}
          </button>
        )}
        <p className="secondary" role="status" data-testid="threshold-missing">
          {missing.join(' ')}
        </p>
      </div>
    </form>
  );
};
