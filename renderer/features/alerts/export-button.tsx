import { useState } from 'react';
import { call } from '../../live/call.ts';
import { showError } from '../../live/notices.ts';
import { useLive, useLiveActions } from '../../live/store.tsx';
import { formatNumber } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { exportOf } from './filter.ts';
import type { AlertFilter } from './filter.ts';

/** Writes what the filter shows to a file that main asks for; says where it is. */
export const ExportButton = ({ filter }: { readonly filter: AlertFilter }) => {
  const { t, language } = useWords();
  const { store } = useLiveActions();
  const person = useLive((state) => state.session?.name);
  const [working, setWorking] = useState(false);
  const [written, setWritten] = useState<{ readonly path: string; readonly rows: number }>();
  const write = async (): Promise<void> => {
    setWorking(true);
    setWritten(undefined);
    const { passId } = store.getState().selection;
    const answer = await call('alerts.export', exportOf(filter, { passId, person }));
    setWorking(false);
    if (!answer.ok) showError(answer.error);
    else if (answer.value.path !== undefined)
      setWritten({ path: answer.value.path, rows: answer.value.rows ?? 0 });
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
        {written !== undefined &&
          t('alerts.exported', { rows: formatNumber(written.rows, language), path: written.path })}
      </span>
    </>
  );
};
