import { useState } from 'react';

interface TextFilterProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly suggestions: readonly string[];
  readonly testId: string;
  readonly onCommit: (value: string) => void;
}

/** A text that is looked for when it is complete: on Enter, when the field is left, or when it is emptied. */
export const TextFilter = ({ label, value, hint, suggestions, testId, onCommit }: TextFilterProps) => {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  // Set from outside (a row's "only this person", "show everything").
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  return (
    <label>
      {label}
      <input
        type="search"
        className="field"
        value={typed}
        maxLength={200}
        placeholder={hint}
        list={`${testId}-list`}
        data-testid={testId}
        onChange={(event) => {
          const next = event.target.value;
          setTyped(next);
          if (next === '' || suggestions.includes(next)) onCommit(next);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onCommit(typed);
        }}
        onBlur={() => {
          if (typed !== value) onCommit(typed);
        }}
      />
      <datalist id={`${testId}-list`}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion}>
            {suggestion}
          </option>
        ))}
      </datalist>
    </label>
  );
};
