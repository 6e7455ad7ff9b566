import { useRef, useState } from 'react';
import { useAdminWords } from '../i18n.ts';

/**
 * A text to take elsewhere, such as a reference for the log. Pages have no permission to write the clipboard by
 * themselves (docs/security.md point 5): the text is selected, and the person's own Ctrl+C copies it.
 */
export const CopyText = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { t } = useAdminWords();
  const field = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(false);
  return (
    <span className="copy-text">
      <input
        ref={field}
        className="field"
        readOnly
        value={text}
        aria-label={label}
        data-testid="copy-text"
        onFocus={(event) => {
          event.currentTarget.select();
          setChosen(true);
        }}
        onBlur={() => setChosen(false)}
      />
      <span className="secondary" role="status">
        {chosen ? t('copy.chosen') : ''}
      </span>
      {!chosen && (
        <button type="button" className="button" onClick={() => field.current?.focus()}>
          {t('copy.choose')}
        </button>
      )}
    </span>
  );
};
