import TextField from '@mui/material/TextField';
import type { Ref } from 'react';
import { useAdminWords } from '../i18n.ts';

/** As long as a reason may be (contract/inputs.ts). */
export const longestReason = 500;

interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label?: string | undefined;
  readonly help?: string | undefined;
  readonly inputRef?: Ref<HTMLTextAreaElement> | undefined;
}

/** Why somebody changes something; it stands in the audit log beside what was changed. */
export const ReasonField = ({ value, onChange, label, help, inputRef }: ReasonFieldProps) => {
  const { t } = useAdminWords();
  return (
    <TextField
      multiline
      fullWidth
      required
      minRows={2}
      maxRows={6}
      label={label ?? t('reason.label')}
      helperText={help ?? t('reason.help', { count: longestReason - value.length })}
      value={value}
      inputRef={inputRef}
      slotProps={{ htmlInput: { 'data-testid': 'reason', maxLength: longestReason } }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
};

export const isReason = (text: string): boolean => text.trim() !== '';
