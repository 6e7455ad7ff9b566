import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { CopyText } from '../../ui/panel/copy-text.tsx';
import { ErrorLine } from '../../ui/panel/error-line.tsx';
import { Progress } from './progress.tsx';
import type { useExport } from './use-export.ts';

/** How far the export is, and where the file lies. */
export const ExportStrip = ({ exporting }: { readonly exporting: ReturnType<typeof useExport> }) => {
  const { t, language } = useAdminWords();
  const { status, error } = exporting.state;
  if (status === undefined && error === undefined) return undefined;
  const rows = formatNumber(status?.rows ?? 0, language);
  const running = status?.state === 'running';
  return (
    <section
      className="panel audit-strip"
      aria-label={t('audit.export')}
      data-testid="export"
      data-state={status?.state ?? 'failed'}
    >
      {running && <Progress label={t('audit.export.running')} text={t('audit.export.progress', { rows })} />}
      {status !== undefined && !running && (
        <p role="status" data-testid="export-outcome">
          <strong>{t(`audit.export.${status.state}`, { rows })}</strong> {status.message}
        </p>
      )}
      {status?.state === 'done' && <CopyText text={status.path} label={t('audit.export.path')} />}
      <ErrorLine error={error} />
      {running ? (
        <button
          type="button"
          className="button"
          data-testid="export-cancel"
          onClick={() => void exporting.cancel()}
        >
          {t('act.cancel')}
        </button>
      ) : (
        <button type="button" className="button button-quiet" onClick={exporting.close}>
          {t('audit.close')}
        </button>
      )}
    </section>
  );
};
