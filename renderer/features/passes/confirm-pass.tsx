import { useEffect, useRef, useState } from 'react';
import type { CallError } from '../../../contract/errors.ts';
import type { Pass } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { call } from '../../live/call.ts';
import { useDraft } from '../../live/drafts.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { ActButton, ActReason } from '../../ui/act-button.tsx';
import { errorText } from '../../ui/error-text.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';

/** Notes of a confirmation (docs/domain.md, passes). */
const maximumNotes = 500;

interface ConfirmPassProps {
  readonly pass: Pass;
  readonly onDone: () => void;
  readonly onShowAlerts: () => void;
}

/** Beside the live picture, never over it. The database decides; what it refuses is said here with the way out. */
export const ConfirmPass = ({ pass, onDone, onShowAlerts }: ConfirmPassProps) => {
  const { t, language } = useWords();
  const { rememberPasses } = useLiveActions();
  const [notes, setNotes] = useDraft(`pass ${pass.id}`);
  const [working, setWorking] = useState(false);
  const [refused, setRefused] = useState<CallError>();
  const field = useRef<HTMLTextAreaElement>(null);
  const waiting = useLive((state) => {
    let count = 0;
    for (const alert of state.alerts.values())
      if (alert.passId === pass.id && isUnacknowledged(alert)) count += 1;
    return count;
  });
  useEffect(() => field.current?.focus(), []);
  useEffect(() => setRefused(undefined), [waiting]);

  const confirm = async (): Promise<void> => {
    setWorking(true);
    setRefused(undefined);
    const answer = await call('passes.confirm', { passId: pass.id, notes: notes === '' ? undefined : notes });
    setWorking(false);
    if (!answer.ok) {
      setRefused(answer.error);
      return;
    }
    setNotes('');
    rememberPasses([answer.value]);
    onDone();
  };

  const reason = refused === undefined ? undefined : errorText(refused, t, language);
  return (
    <form
      className="confirm"
      aria-label={t('confirm.title', { train: pass.trainNumber })}
      data-testid="confirm-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <h3>{t('confirm.title', { train: pass.trainNumber })}</h3>
      {(waiting > 0 || reason !== undefined) && (
        <div className="confirm-blocked" role="alert" data-testid="confirm-refused">
          <StateMark state={waiting > 0 ? 'warning' : 'stale'} decorative />
          {reason ?? t('confirm.blocked', { count: waiting })}
          {(waiting > 0 || refused?.code === 'unacknowledged-alerts') && (
            <button type="button" className="button" data-testid="confirm-jump" onClick={onShowAlerts}>
              {t('confirm.jump')}
            </button>
          )}
        </div>
      )}
      <label className="confirm-notes">
        <span className="confirm-notes-head">
          {t('confirm.notes')}
          <span className="secondary">
            {t('confirm.counter', { used: notes.length, most: maximumNotes })}
          </span>
        </span>
        <textarea
          ref={field}
          className="field"
          value={notes}
          maxLength={maximumNotes}
          data-testid="confirm-notes"
          onChange={(event) => setNotes(event.target.value)}
        />
      </label>
      <ActReason act="confirm" />
      <div className="confirm-acts">
        <button type="button" className="button" onClick={onDone}>
          {t('confirm.cancel')}
        </button>
        <ActButton act="confirm" strong working={working} testId="confirm-button">
          {working ? t('confirm.working') : t('confirm.do')}
        </ActButton>
      </div>
    </form>
  );
};
