import { useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useAdminWords } from '../../ui/i18n.ts';
import { editValue, keepText } from './draft.ts';
import { newGesture } from './draft-store.ts';
import type { EditDraft } from './draft-store.ts';
import { fieldNumber, formatOf, parseField, stepped } from './field-format.ts';
import { placeKey } from './places.ts';
import type { ThresholdPlace } from './places.ts';
import { valueWords } from './problem-words.ts';

interface ValueFieldProps {
  readonly place: ThresholdPlace;
  readonly value: number;
  /** Of the version the draft builds on; absent: there was none. */
  readonly before?: number | undefined;
  /** What stands there although it is no number. */
  readonly text?: string | undefined;
  readonly problem?: string | undefined;
  /** What the value means, in one line. */
  readonly help?: string | undefined;
  /** Absent: the value can only be read. */
  readonly onEdit?: EditDraft | undefined;
}

const units = { millimetres: 'mm', count: '', confidence: '', percent: '%' } as const;

/** A number of a threshold set, always in step with its handle; arrow keys step it like the handle. */
export const ValueField = ({ place, value, before, text, problem, help, onEdit }: ValueFieldProps) => {
  const { t, language } = useAdminWords();
  const id = useId();
  const gesture = useRef<string>(undefined);
  /** What is being typed; the draft's own number stands there again when the field is left. */
  const [typed, setTyped] = useState<string>();
  const { field } = place;
  const known = fieldNumber(field, value, language);
  const typedValue = typed === undefined ? undefined : parseField(field, typed);
  // A handle or undo may have moved the value meanwhile: then what was typed is no longer it.
  const stillTyped = typedValue?.kind === 'value' && typedValue.value === value;
  const shown = text ?? (stillTyped ? typed : known);
  const name = t(`thresholds.field.${field}`);

  const type = (next: string): void => {
    setTyped(next);
    gesture.current ??= newGesture();
    const parsed = parseField(field, next);
    const by = gesture.current;
    onEdit?.((draft) =>
      parsed.kind === 'value' ? editValue(draft, place, parsed.value, by) : keepText(draft, place, next),
    );
  };
  const step = (event: KeyboardEvent): void => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : undefined;
    if (direction === undefined || onEdit === undefined) return;
    event.preventDefault();
    const next = stepped(field, value, direction, event.shiftKey);
    gesture.current ??= newGesture();
    const by = gesture.current;
    setTyped(undefined);
    onEdit((draft) => editValue(draft, place, next, by));
  };

  return (
    <div className="value-field" data-changed={before !== value || undefined}>
      <label htmlFor={id}>{name}</label>
      <span className="value-field-input">
        <input
          id={id}
          className="field"
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          value={shown}
          readOnly={onEdit === undefined}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-about`}
          data-testid={`field-${placeKey(place)}`}
          onChange={(event) => type(event.target.value)}
          onKeyDown={step}
          onBlur={() => {
            setTyped(undefined);
            gesture.current = undefined;
          }}
        />
        <span aria-hidden="true">{units[formatOf(field).unit]}</span>
      </span>
      <span id={`${id}-about`} className="value-field-about">
        {problem !== undefined && (
          <strong className="value-problem" data-testid={`problem-${placeKey(place)}`}>
            {problem}
          </strong>
        )}
        {onEdit !== undefined && before !== value && (
          <span className="value-was">
            {before === undefined
              ? t('thresholds.new')
              : t('thresholds.was', { value: valueWords(field, before, language) })}
          </span>
        )}
        {help !== undefined && <span className="secondary">{help}</span>}
      </span>
    </div>
  );
};
