import { useStore } from 'zustand';
import { dismiss, notices } from '../../live/notices.ts';
import { errorText } from '../../ui/error-text.ts';
import { useWords } from '../../ui/i18n.ts';
import './notices.css';

/** Failures of what somebody asked for, in words; they stay until dismissed and cover nothing live. */
export const Notices = () => {
  const { t, language } = useWords();
  const items = useStore(notices, (state) => state.items);
  return (
    <section className="notices" aria-live="assertive" aria-label={t('error.messages')}>
      {items.map(({ id, error }) => (
        <div key={id} className="notice" data-testid="notice">
          <p>
            {errorText(error, t, language)}
            {error.correlationId !== undefined && (
              <span className="secondary"> {t('error.reference', { id: error.correlationId })}</span>
            )}
          </p>
          <button
            type="button"
            className="button button-quiet"
            aria-label={t('error.dismiss')}
            onClick={() => dismiss(id)}
          >
            ✕
          </button>
        </div>
      ))}
    </section>
  );
};
