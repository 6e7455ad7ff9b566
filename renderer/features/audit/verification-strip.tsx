import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { ErrorLine } from '../../ui/panel/error-line.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Progress } from './progress.tsx';
import type { useVerification } from './use-verification.ts';

interface VerificationStripProps {
  readonly verification: ReturnType<typeof useVerification>;
  readonly onShowRow: (id: number) => void;
}

/** How far the check is and what came of it: whole, or the first row that is not as it was written. */
export const VerificationStrip = ({ verification, onShowRow }: VerificationStripProps) => {
  const { t, language } = useAdminWords();
  const { state } = verification;
  if (state.kind === 'idle') return undefined;
  const broken = state.kind === 'ended' ? state.seen.broken : undefined;
  const count = (value: number): string => formatNumber(value, language);
  const close = (
    <button type="button" className="button button-quiet" onClick={verification.close}>
      {t('audit.close')}
    </button>
  );
  return (
    <section
      className="panel audit-strip"
      aria-label={t('audit.verify')}
      data-testid="verification"
      data-state={state.kind}
    >
      {state.kind === 'running' && (
        <>
          <Progress
            label={t('audit.verify.running')}
            done={state.seen?.checked}
            all={state.seen?.total}
            text={
              state.seen === undefined
                ? t('audit.verify.running')
                : t('audit.verify.progress', {
                    checked: count(state.seen.checked),
                    total: count(state.seen.total),
                  })
            }
          />
          <button
            type="button"
            className="button"
            data-testid="verification-cancel"
            onClick={verification.cancel}
          >
            {t('act.cancel')}
          </button>
        </>
      )}
      {state.kind === 'cancelled' && (
        <>
          <p role="status">{t('audit.verify.cancelled', { checked: count(state.seen?.checked ?? 0) })}</p>
          {close}
        </>
      )}
      {state.kind === 'failed' && (
        <>
          <ErrorLine error={state.error} />
          <button type="button" className="button" onClick={verification.start}>
            {t('error.retry')}
          </button>
          {close}
        </>
      )}
      {state.kind === 'ended' && broken === undefined && (
        <>
          <p role="status" data-testid="verification-outcome" data-outcome="whole">
            <StateMark state="ok" decorative />{' '}
            <strong>{t('audit.verify.whole', { checked: count(state.seen.checked) })}</strong>{' '}
            {t('audit.verify.anchors', { count: state.seen.anchors })}{' '}
            <Moment at={state.at} zone="utc" show="absolute" />
          </p>
          {close}
        </>
      )}
      {state.kind === 'ended' && broken !== undefined && (
        <>
          <p
            role="alert"
            data-testid="verification-outcome"
            data-outcome={broken.problem}
            data-row={broken.id}
          >
            <StateMark state="critical" decorative />{' '}
            <strong>{t(`audit.problem.${broken.problem}`, { id: count(broken.id) })}</strong>{' '}
            {t('audit.verify.brokenText', { checked: count(state.seen.checked) })}
          </p>
          <button
            type="button"
            className="button button-strong"
            data-testid="verification-show"
            onClick={() => onShowRow(broken.id)}
          >
            {t('audit.verify.show', { id: count(broken.id) })}
          </button>
          {close}
        </>
      )}
    </section>
  );
};
