import { useWords } from '../../ui/i18n.ts';
import type { MarkHow } from './marking.ts';

interface MarkBoxProps {
  readonly marked: boolean;
  readonly label: string;
  readonly onMark: (how: MarkHow) => void;
}

/** Marks a line for an act on several; by keys Space does the same, so it is no stop of the Tab key. */
export const MarkBox = ({ marked, label, onMark }: MarkBoxProps) => {
  const { t } = useWords();
  return (
    <label className="mark-box" title={t('bulk.markHelp')}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={marked}
        aria-label={t('bulk.mark', { what: label })}
        data-testid="alert-mark"
        onChange={(event) => {
          const { nativeEvent } = event;
          onMark(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey ? 'range' : 'toggle');
        }}
      />
    </label>
  );
};
