import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useWords } from './i18n.ts';

interface CopyFieldProps {
  readonly text: string;
  readonly label: string;
  readonly testId: string;
}

/**
 * A text to take elsewhere. Pages have no permission to write the clipboard by themselves (docs/security.md): it
 * appears selected, and the person's own Ctrl+C copies it.
 */
export const CopyField = ({ text, label, testId }: CopyFieldProps) => {
  const { t } = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const [chosen, setChosen] = useState(false);
  const begin = useEffectEvent(() => field.current?.focus());
  useEffect(() => begin(), []);
  return (
    <span className="copy-field">
      <textarea
        ref={field}
        className="field"
        readOnly
        rows={Math.min(8, text.split('\n').length)}
        value={text}
        aria-label={label}
        data-testid={testId}
        onFocus={(event) => {
          event.target.select();
          setChosen(true);
        }}
        onBlur={() => setChosen(false)}
      />
      <span className="secondary" aria-live="polite">
        {chosen ? t('copy.now') : ''}
      </span>
    </span>
  );
};
