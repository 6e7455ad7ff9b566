import TextField from '@mui/material/TextField';
import { useWords } from '../../ui/i18n.ts';
import { isIssuerWrong, missingForLogin } from './setup-model.ts';
import { TestLine } from './test-line.tsx';
import type { Setup } from './use-setup.ts';

/** The identity provider: optional, with what it means to leave it out. */
export const LoginFields = ({ setup }: { readonly setup: Setup }) => {
  const { t } = useWords();
  const { draft, change } = setup;
  const wrong = isIssuerWrong(draft);
  return (
    <fieldset className="panel">
      <legend>{t('setup.login')}</legend>
      <p className="secondary">{t('setup.loginHelp')}</p>
      <TextField
        label={t('setup.issuer')}
        helperText={t(wrong ? 'setup.issuerInvalid' : 'setup.issuerHelp')}
        error={wrong}
        value={draft.issuer}
        slotProps={{ htmlInput: { 'data-testid': 'setup-issuer', maxLength: 500 } }}
        onChange={(event) => change({ issuer: event.target.value })}
      />
      <TextField
        label={t('setup.clientId')}
        helperText={t('setup.clientIdHelp')}
        value={draft.clientId}
        slotProps={{ htmlInput: { 'data-testid': 'setup-client-id', maxLength: 200 } }}
        onChange={(event) => change({ clientId: event.target.value })}
      />
      <TestLine
        state={setup.login}
        disabled={missingForLogin(draft).length > 0}
        testId="setup-login"
        onTest={() => void setup.testLogin()}
      />
    </fieldset>
  );
};
