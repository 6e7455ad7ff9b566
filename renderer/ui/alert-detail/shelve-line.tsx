import { useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { useDraft } from '../../live/drafts.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { ActButton, ActReason } from '../act-button.tsx';
import { formatRecent } from '../formats.ts';
import { useWords } from '../i18n.ts';

/** Minutes; a shelf lasts 1 minute to 24 hours, never without an end (docs/domain.md, shelving). */
const presets = [15, 60, 240, 480, 1440] as const;
const shortest = 1;
const longest = 1440;

const ShelveForm = ({ alert, onDone }: { readonly alert: Alert; readonly onDone: () => void }) => {
  const { t } = useWords();
  const { shelve } = useLiveActions();
  const [minutes, setMinutes] = useState('60');
  const [reason, setReason] = useDraft(`shelve ${alert.id}`);
  const [working, setWorking] = useState(false);
  const wanted = Number(minutes);
  const valid = Number.isInteger(wanted) && wanted >= shortest && wanted <= longest;
  const missing = !valid || reason.trim() === '';
  const send = async (): Promise<void> => {
    setWorking(true);
    const done = await shelve(alert.id, wanted, reason);
    setWorking(false);
    if (!done) return;
    setReason('');
    onDone();
  };
  return (
    <form
      className="act-form"
      data-testid="shelve-form"
      aria-label={t('alerts.shelve')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void send();
      }}
    >
      <span className="segments" role="group" aria-label={t('shelf.howLong')}>
        {presets.map((preset) => (
          <button
            key={preset}
            type="button"
            className="button"
            aria-pressed={wanted === preset}
            onClick={() => setMinutes(String(preset))}
          >
            {preset < 60 ? t('shelf.minutes', { count: preset }) : t('shelf.hours', { count: preset / 60 })}
          </button>
        ))}
      </span>
      <label className="shelve-minutes">
        <input
          type="number"
          className="field"
          min={shortest}
          max={longest}
          step={1}
          value={minutes}
          aria-invalid={!valid}
          data-testid="shelve-minutes"
          onChange={(event) => setMinutes(event.target.value)}
        />{' '}
        {t('shelf.inMinutes')}
      </label>
      <input
        type="text"
        className="field"
        dir="auto"
        value={reason}
        maxLength={500}
        placeholder={t('shelf.reason')}
        aria-label={t('shelf.reason')}
        data-testid="shelve-reason"
        onChange={(event) => setReason(event.target.value)}
      />
      <ActReason act="shelve" />
      <span className="act-form-end">
        <ActButton act="shelve" strong working={working || missing} testId="shelve-confirm">
          {t('alerts.shelve')}
        </ActButton>
        <button type="button" className="button" onClick={onDone}>
          {t('alerts.cancel')}
        </button>
        {!valid && <span role="alert">{t('shelf.bounds')}</span>}
      </span>
    </form>
  );
};

/** On the shelf until when, by whom and why, with the way back; else the way onto it. */
export const ShelveLine = ({ alert, zone }: { readonly alert: Alert; readonly zone: string }) => {
  const { t, language } = useWords();
  const { unshelve } = useLiveActions();
  const shelved = useLive((state) => state.shelved.has(alert.id));
  const [open, setOpen] = useState(false);
  if (shelved && alert.shelvedUntil !== undefined) {
    return (
      <div className="shelf" data-testid="alert-shelf">
        <span>
          {t('shelf.until', {
            time: formatRecent(alert.shelvedUntil, Date.now(), language, zone),
            who: alert.shelvedBy ?? '–',
          })}{' '}
          <bdi>“{alert.shelveReason ?? ''}”</bdi>
        </span>
        <ActButton act="shelve" testId="unshelve-button" onAct={() => void unshelve(alert.id)}>
          {t('alerts.unshelve')}
        </ActButton>
      </div>
    );
  }
  if (alert.state === 'closed') return undefined;
  return (
    <>
      <ActButton act="shelve" testId="shelve-open" expanded={open} onAct={() => setOpen(!open)}>
        {t('alerts.shelveOpen')}
      </ActButton>
      {open && <ShelveForm alert={alert} onDone={() => setOpen(false)} />}
    </>
  );
};
