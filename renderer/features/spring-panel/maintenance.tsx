import { useState } from 'react';
import { call } from '../../live/call.ts';
import { useDraft } from '../../live/drafts.ts';
import { ActButton, ActReason } from '../../ui/act-button.tsx';
import { errorText } from '../../ui/error-text.ts';
import { formatMoment, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import type { CallError } from '../../../contract/errors.ts';

interface MaintenanceProps {
  readonly vehicleNumber: string;
  readonly site: string;
}

/**
 * A supervisor records that the vehicle's springs were renewed: its trend and its known findings begin anew
 * (docs/domain.md, rule 5). Asked once more in its place, since it cannot be taken back.
 */
export const Maintenance = ({ vehicleNumber, site }: MaintenanceProps) => {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useDraft(`maintenance ${vehicleNumber}`);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<CallError>();
  const [doneAt, setDoneAt] = useState<number>();
  const record = async (): Promise<void> => {
    setWorking(true);
    const answer = await call('cars.recordMaintenance', { vehicleNumber, reason: reason.trim() });
    setWorking(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    setError(undefined);
    setReason('');
    setOpen(false);
    setDoneAt(answer.value.at);
  };
  return (
    <div className="maintenance">
      <ActButton act="maintenance" testId="maintenance-open" expanded={open} onAct={() => setOpen(!open)}>
        {t('maintenance.open')}
      </ActButton>
      <span role="status">
        {doneAt !== undefined && (
          <span data-testid="maintenance-done">
            {t('maintenance.done', { time: formatMoment(doneAt, language, zoneOfSite(site)) })}
          </span>
        )}
      </span>
      {open && (
        <form
          className="act-form"
          aria-label={t('maintenance.title', { vehicle: vehicleNumber })}
          data-testid="maintenance-form"
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setOpen(false);
          }}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== '') void record();
          }}
        >
          <b>{t('maintenance.title', { vehicle: vehicleNumber })}</b>
          <p>{t('maintenance.help')}</p>
          <input
            type="text"
            className="field"
            dir="auto"
            value={reason}
            maxLength={500}
            placeholder={t('maintenance.reason')}
            aria-label={t('maintenance.reason')}
            data-testid="maintenance-reason"
            onChange={(event) => setReason(event.target.value)}
          />
          <ActReason act="maintenance" />
          {error !== undefined && (
            <p role="alert">
              <StateMark state="stale" decorative /> {errorText(error, t, language)}
            </p>
          )}
          <span className="act-form-end">
            <ActButton
              act="maintenance"
              strong
              working={working || reason.trim() === ''}
              testId="maintenance-confirm"
            >
              {t('maintenance.confirm')}
            </ActButton>
            <button type="button" className="button" onClick={() => setOpen(false)}>
              {t('alerts.cancel')}
            </button>
          </span>
        </form>
      )}
    </div>
  );
};
