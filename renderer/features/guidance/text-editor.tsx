import { useId } from 'react';
import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { longestText, withoutControls } from './draft.ts';
import type { GuidanceLanguage } from './draft.ts';

interface TextEditorProps {
  readonly language: GuidanceLanguage;
  readonly text: string;
  readonly disabled: boolean;
  /** The other language has a text, this one has none. */
  readonly missing: boolean;
  /** What the program says while nobody has written anything; empty: there is a text of one's own. */
  readonly standard: string;
  readonly onChange: (text: string) => void;
}

/** The text in one language. Plain text: what looks like a tag is shown as it is written. */
export const TextEditor = ({ language, text, disabled, missing, standard, onChange }: TextEditorProps) => {
  const { t, language: reading } = useAdminWords();
  const id = useId();
  const left = longestText - text.length;
  return (
    <section className="guidance-text-editor">
      <div className="guidance-label">
        <label htmlFor={id}>{t(`guide.text.${language}`)}</label>
        {missing && (
          <span data-testid={`guidance-missing-${language}`}>
            <StateMark state="warning" decorative /> {t(`guide.missing.${language}`)}
          </span>
        )}
      </div>
      <textarea
        id={id}
        className="field"
        rows={7}
        lang={language}
        dir="auto"
        value={text}
        maxLength={longestText}
        disabled={disabled}
        aria-describedby={`${id}-left`}
        data-testid={`guidance-text-${language}`}
        onChange={(event) => onChange(withoutControls(event.target.value))}
      />
      <div className="guidance-label secondary">
        <span id={`${id}-left`} data-testid={`guidance-left-${language}`}>
          {t('guide.left', { count: left, left: formatNumber(left, reading) })}
        </span>
        {standard !== '' && text === '' && !disabled && (
          <button
            type="button"
            className="button"
            data-testid={`guidance-standard-${language}`}
            onClick={() => onChange(standard)}
          >
            {t('guide.useStandard')}
          </button>
        )}
      </div>
    </section>
  );
};
