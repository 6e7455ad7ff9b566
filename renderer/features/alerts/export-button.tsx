import { useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { mostNamedAlerts } from '../../../contract/results.ts';
import { call } from '../../live/call.ts';
import { showError } from '../../live/notices.ts';
import { useLiveActions } from '../../live/store.tsx';
import { formatNumber } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { alertWords } from './alert-words.ts';
import { exportOf } from './filter.ts';
import type { AlertFilter } from './filter.ts';

/** Writes what the filter shows to a file that main asks for; says where it is. */
export const ExportButton = ({ filter }: { readonly filter: AlertFilter }) => {
  const { t, language } = useWords();
  const { store } = useLiveActions();
  const [working, setWorking] = useState(false);
  const [outcome, setOutcome] = useState<string>();
  const write = async (): Promise<void> => {
    setOutcome(undefined);
    const { alerts, selection, session, shelved } = store.getState();
    const wordsOf = (alert: Alert): string => alertWords(alert, t, language);
    const context = { passId: selection.passId, person: session?.name, shelved, wordsOf };
    const asked = exportOf(filter, context, alerts.values());
    if ((asked.alertIds?.length ?? 0) > mostNamedAlerts) {
      setOutcome(t('alerts.exportTooMany', { most: formatNumber(mostNamedAlerts, language) }));
      return;
    }
    setWorking(true);
    const answer = await call('alerts.export', asked);
    setWorking(false);
    if (!answer.ok) showError(answer.error);
    else if (answer.value.path !== undefined) {
      const { path, rows = 0 } = answer.value;
      setOutcome(t('alerts.exported', { rows: formatNumber(rows, language), path }));
    }
  };
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={working}
        title={t('alerts.exportHelp')}
        data-testid="alerts-export"
        onClick={() => void write()}
      >
        {t('alerts.export')}
      </button>
      <span role="status" className="secondary alerts-exported" data-testid="alerts-exported">
        {outcome}
      </span>
    </>
  );
};
