import { useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { CopyField } from '../copy-field.tsx';
import { useWords } from '../i18n.ts';
import { AcknowledgeForm } from './acknowledge-form.tsx';
import { AlertFacts } from './alert-facts.tsx';
import { AlertHistory } from './alert-history.tsx';
import { GuidanceView } from './guidance-view.tsx';
import { OwnerLine } from './owner-line.tsx';
import { ShelveLine } from './shelve-line.tsx';
import { useGuidance } from './use-guidance.ts';
import { VerdictLine } from './verdict-line.tsx';
import './alert-detail.css';

/** Opens the alert from anywhere on a computer where VICORE is installed. */
export const alertLink = (alertId: string): string => `vicore://alert/${alertId}`;

interface AlertDetailProps {
  readonly alert: Alert;
  /** Of the site the alert speaks of. */
  readonly zone: string;
}

/**
 * Everything about one alert and everything that can be done about it, in one column: what to do, acknowledging, who
 * has it, what was measured, what was said and done; shelf and verdict; its address.
 */
export const AlertDetail = ({ alert, zone }: AlertDetailProps) => {
  const { t } = useWords();
  const guidance = useGuidance(alert);
  const [link, setLink] = useState(false);
  return (
    <div className="alert-detail" data-testid="alert-detail" data-alert-id={alert.id}>
      <GuidanceView alert={alert} guidance={guidance} />
      <AcknowledgeForm alert={alert} />
      <OwnerLine alert={alert} />
      <AlertFacts alert={alert} zone={zone} />
      <div className="alert-detail-acts">
        <ShelveLine alert={alert} zone={zone} />
        <VerdictLine alert={alert} />
        <button
          type="button"
          className="button"
          aria-expanded={link}
          data-testid="alert-link-open"
          onClick={() => setLink(!link)}
        >
          {t('alerts.link')}
        </button>
        {link && <CopyField text={alertLink(alert.id)} label={t('alerts.link')} testId="alert-link" />}
      </div>
      <AlertHistory alert={alert} zone={zone} />
    </div>
  );
};
