import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useWords } from '../../ui/i18n.ts';
import { LoginFields } from './login-fields.tsx';
import { SecretField } from './secret-field.tsx';
import { missingForCamera, missingForDatabase, missingForSave, withoutLogin } from './setup-model.ts';
import { TestLine } from './test-line.tsx';
import { useSetup } from './use-setup.ts';
import './setup.css';

const encryptions = ['verify-full', 'require', 'disable'] as const;

const passed = (state: ReturnType<ReturnType<typeof useSetup>['cameraTest']>): boolean =>
  state.kind === 'done' && state.test.reachable;

/** First run: name, database, camera streams; each tested on its own, then saved. */
export const SetupForm = () => {
  const { t } = useWords();
  const setup = useSetup();
  const { draft, change } = setup;
  const missing = missingForSave(draft);
  const allPassed =
    passed(setup.database) &&
    draft.streams.every((stream) => passed(setup.cameraTest(stream.key))) &&
    (withoutLogin(draft) || passed(setup.login));
  if (setup.saved !== undefined) {
    return (
      <div className="panel setup-saved" role="status" data-testid="setup-saved">
        {t('setup.saved', { path: setup.saved })}
      </div>
    );
  }
  return (
    <form
      className="setup-form"
      onSubmit={(event) => {
        event.preventDefault();
        void setup.save();
      }}
    >
      <fieldset className="panel">
        <legend>{t('setup.workstation')}</legend>
        <TextField
          label={t('setup.name')}
          helperText={t('setup.nameHelp')}
          value={draft.workstation}
          slotProps={{ htmlInput: { 'data-testid': 'setup-name', maxLength: 64 } }}
          onChange={(event) => change({ workstation: event.target.value })}
        />
      </fieldset>
      <fieldset className="panel">
        <legend>{t('setup.postgres')}</legend>
        <TextField
          multiline
          minRows={2}
          label={t('setup.hosts')}
          helperText={t('setup.hostsHelp')}
          value={draft.hosts}
          slotProps={{ htmlInput: { 'data-testid': 'setup-hosts' } }}
          onChange={(event) => change({ hosts: event.target.value })}
        />
        <div className="setup-pair">
          <TextField
            label={t('setup.database')}
            value={draft.database}
            slotProps={{ htmlInput: { 'data-testid': 'setup-database', maxLength: 63 } }}
            onChange={(event) => change({ database: event.target.value })}
          />
          <TextField
            label={t('setup.user')}
            value={draft.user}
            slotProps={{ htmlInput: { 'data-testid': 'setup-user', maxLength: 63 } }}
            onChange={(event) => change({ user: event.target.value })}
          />
        </div>
        <SecretField
          label={t('setup.password')}
          secret={draft.password}
          testId="setup-password"
          onChange={(password) => change({ password })}
        />
        <TextField
          select
          label={t('setup.tls')}
          value={draft.tls}
          onChange={(event) => {
            const tls = encryptions.find((each) => each === event.target.value);
            if (tls !== undefined) change({ tls });
          }}
        >
          {encryptions.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`setup.tls.${each}`)}
            </MenuItem>
          ))}
        </TextField>
        <TestLine
          state={setup.database}
          disabled={missingForDatabase(draft).length > 0}
          testId="setup-database"
          onTest={() => void setup.testDatabase()}
        />
      </fieldset>
      {draft.streams.map((stream, place) => (
        <fieldset key={stream.key} className="panel">
          <legend>
            {t('setup.cameras')} · {t('setup.stream', { number: place + 1 })}
          </legend>
          <TextField
            label={t('setup.url')}
            helperText={t('setup.urlHelp')}
            value={stream.url}
            slotProps={{ htmlInput: { 'data-testid': `setup-url-${place}`, maxLength: 500 } }}
            onChange={(event) => setup.changeStream(stream.key, { url: event.target.value })}
          />
          <SecretField
            label={t('setup.token')}
            secret={stream.token}
            testId={`setup-token-${place}`}
            onChange={(token) => setup.changeStream(stream.key, { token })}
          />
          <div className="setup-stream-acts">
            <TestLine
              state={setup.cameraTest(stream.key)}
              disabled={missingForCamera(stream).length > 0}
              testId={`setup-camera-${place}`}
              onTest={() => void setup.testCamera(stream)}
            />
            {draft.streams.length > 1 && (
              <button
                type="button"
                className="button button-quiet"
                onClick={() => setup.removeStream(stream.key)}
              >
                {t('setup.removeStream', { number: place + 1 })}
              </button>
            )}
          </div>
        </fieldset>
      ))}
      <LoginFields setup={setup} />
      <div className="setup-acts">
        <Button variant="outlined" onClick={setup.addStream} data-testid="setup-add-stream">
          {t('setup.addStream')}
        </Button>
        <Button variant="outlined" onClick={() => void setup.testAll()} data-testid="setup-test-all">
          {t('setup.testAll')}
        </Button>
        <Button
          variant="contained"
          type="submit"
          disabled={missing.length > 0 || setup.saving}
          data-testid="setup-save"
        >
          {setup.saving ? t('setup.saving') : t('setup.save')}
        </Button>
        <p className="secondary" role="status">
          {missing.length > 0
            ? t('setup.missing', { fields: missing.map((field) => t(field)).join(', ') })
            : !allPassed && t('setup.untestedWarning')}
        </p>
      </div>
    </form>
  );
};
