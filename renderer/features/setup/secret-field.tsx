import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useWords } from '../../ui/i18n.ts';
import type { SecretDraft } from './setup-model.ts';

const kinds = ['value', 'env', 'file'] as const satisfies readonly SecretDraft['kind'][];

interface SecretFieldProps {
  readonly label: string;
  readonly secret: SecretDraft;
  readonly testId: string;
  readonly onChange: (secret: SecretDraft) => void;
}

/** A secret entered here (sealed by the key store when saved), or the place where it is kept. */
export const SecretField = ({ label, secret, testId, onChange }: SecretFieldProps) => {
  const { t } = useWords();
  const words = { value: label, env: t('setup.secretEnv'), file: t('setup.secretFile') } as const;
  return (
    <div className="setup-pair">
      <TextField
        select
        label={t('setup.secretKind', { what: label })}
        value={secret.kind}
        onChange={(event) => {
          const kind = kinds.find((each) => each === event.target.value);
          if (kind !== undefined) onChange({ kind, text: '' });
        }}
      >
        {kinds.map((kind) => (
          <MenuItem key={kind} value={kind}>
            {t(`setup.secret.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        type={secret.kind === 'value' ? 'password' : 'text'}
        label={words[secret.kind]}
        helperText={secret.kind === 'value' ? t('setup.secretValueHelp') : ' '}
        value={secret.text}
        autoComplete="off"
        slotProps={{ htmlInput: { 'data-testid': testId, maxLength: 1000 } }}
        onChange={(event) => onChange({ ...secret, text: event.target.value })}
      />
    </div>
  );
};
