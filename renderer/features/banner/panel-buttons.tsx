import { useWords } from '../../ui/i18n.ts';

export interface PanelChoice {
  /** The panel that is open now; a window may have others than these two. */
  readonly open: string | undefined;
  readonly onToggle: (panel: 'help' | 'preferences') => void;
}

/** Preferences and help, the same in every window. */
export const PanelButtons = ({ open, onToggle }: PanelChoice) => {
  const { t } = useWords();
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        aria-expanded={open === 'preferences'}
        aria-label={t('preferences.title')}
        title={t('preferences.title')}
        data-testid="preferences-button"
        onClick={() => onToggle('preferences')}
      >
        ⚙
      </button>
      <button
        type="button"
        className="button button-quiet"
        aria-expanded={open === 'help'}
        aria-label={`? ${t('help.title')} (F1)`}
        title={`${t('help.title')} (F1)`}
        data-testid="help-button"
        onClick={() => onToggle('help')}
      >
        ?
      </button>
    </>
  );
};
