import { useState } from 'react';
import type { Alert, Verdict } from '../../../contract/domain.ts';
import { useDraft } from '../../live/drafts.ts';
import { useLiveActions } from '../../live/store.tsx';
import { ActButton, ActReason } from '../act-button.tsx';
import { useWords } from '../i18n.ts';

const verdicts = ['true', 'false', 'not-found', 'pending'] as const satisfies readonly Verdict[];

const VerdictForm = ({ alert, onDone }: { readonly alert: Alert; readonly onDone: () => void }) => {
  const { t } = useWords();
  const { verdict: record } = useLiveActions();
  const [verdict, setVerdict] = useState<Verdict | undefined>(alert.verdict);
  const [comment, setComment] = useDraft(`verdict ${alert.id}`);
  const [working, setWorking] = useState(false);
  const missing = verdict === undefined || verdict === alert.verdict;
  const send = async (chosen: Verdict): Promise<void> => {
    setWorking(true);
    const done = await record(alert.id, chosen, comment);
    setWorking(false);
    if (!done) return;
    setComment('');
    onDone();
  };
  return (
    <form
      className="act-form"
      data-testid="verdict-form"
      aria-label={t('alerts.verdict')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (verdict !== undefined && !missing) void send(verdict);
      }}
    >
      <fieldset className="verdict-choice">
        <legend className="secondary">{t('verdict.question')}</legend>
        {verdicts.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={`verdict ${alert.id}`}
              value={each}
              checked={verdict === each}
              data-testid={`verdict-${each}`}
              onChange={() => setVerdict(each)}
            />{' '}
            {t(`verdict.${each}`)}
          </label>
        ))}
      </fieldset>
      <input
        type="text"
        className="field"
        dir="auto"
        value={comment}
        maxLength={2000}
        placeholder={t('alerts.comment')}
        aria-label={t('alerts.comment')}
        onChange={(event) => setComment(event.target.value)}
      />
      <ActReason act="verdict" />
      <span className="act-form-end">
        <ActButton act="verdict" strong working={working || missing} testId="verdict-confirm">
          {t(alert.verdict === undefined ? 'alerts.recordVerdict' : 'alerts.correctVerdict')}
        </ActButton>
        <button type="button" className="button" onClick={onDone}>
          {t('alerts.cancel')}
        </button>
      </span>
    </form>
  );
};

/** What the inspection found; a correction replaces it, the history keeps both. */
export const VerdictLine = ({ alert }: { readonly alert: Alert }) => {
  const [open, setOpen] = useState(false);
  const { t } = useWords();
  return (
    <>
      {alert.verdict !== undefined && (
        <p data-testid="alert-verdict" data-verdict={alert.verdict}>
          <span className="secondary">{t('alerts.verdict')}</span> <b>{t(`verdict.${alert.verdict}`)}</b>
        </p>
      )}
      <ActButton act="verdict" testId="verdict-open" expanded={open} onAct={() => setOpen(!open)}>
        {t(alert.verdict === undefined ? 'alerts.verdictOpen' : 'alerts.correctVerdict')}
      </ActButton>
      {open && <VerdictForm alert={alert} onDone={() => setOpen(false)} />}
    </>
  );
};
