import TextField from '@mui/material/TextField';
import { useId, useState } from 'react';
import type { Setting } from '../../../contract/domain.ts';
import { settings } from '../../../contract/settings.ts';
import { call } from '../../live/call.ts';
import { useAllowed } from '../../live/session.ts';
import { formatNumber } from '../../ui/formats.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { ConflictNotice } from '../../ui/panel/conflict-notice.tsx';
import { ErrorLine } from '../../ui/panel/error-line.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { ReasonField, isReason } from '../../ui/panel/reason-field.tsx';
import { useAct } from '../../ui/panel/use-act.ts';
import { useEdit } from '../../ui/panel/use-edit.ts';
import { parseSetting } from './setting-words.ts';

interface SettingCardProps {
  readonly setting: Setting;
  readonly onSaved: (saved: Setting) => void;
  readonly onConflict: () => void;
}

const fieldsOf = ({ sharedValue }: Setting) => ({ text: String(sharedValue) });

/** One setting: what it does, its value and bounds, who changed it last, and changing it with a reason. */
export const SettingCard = ({ setting, onSaved, onConflict }: SettingCardProps) => {
  const { t, language } = useAdminWords();
  const id = useId();
  const allowed = useAllowed('admin');
  const act = useAct();
  const edit = useEdit(setting, fieldsOf);
  const [reason, setReason] = useState('');
  const { key, value, sharedValue, fixedByConfiguration, updatedBy, updatedAt, revision } = setting;
  const { standard, least, most, unit } = settings[key];
  const inUnit = (number: number): string =>
    `${formatNumber(number, language)} ${t(`settings.unit.${unit}`, { count: number })}`;
  const words = (number: number): string =>
    key === 'session.lockAfterMinutes' && number === 0 ? t('settings.never') : inUnit(number);
  const parsed = parseSetting(edit.fields.text, { least, most });
  const range = { least: formatNumber(least, language), most: inUnit(most) };
  const bounds = t('settings.bounds', { ...range, standard: words(standard) });
  const disabled = !allowed || fixedByConfiguration;
  const ready = 'value' in parsed && edit.dirty && isReason(reason) && !disabled;

  const save = async (next: number): Promise<void> => {
    const saved = await act.run(async () => {
      const answer = await call('admin.saveSetting', {
        key,
        value: next,
        reason: reason.trim(),
        revision: edit.base.revision,
      });
      if (!answer.ok && answer.error.code === 'conflict') onConflict();
      return answer;
    });
    if (saved === undefined) return;
    edit.reset();
    setReason('');
    onSaved(saved);
  };
  const cancel = (): void => {
    edit.reset();
    setReason('');
    act.clear();
  };

  return (
    <li className="panel setting" data-testid={`setting-${key}`} data-fixed={fixedByConfiguration}>
      <div className="setting-about">
        <h3 id={id}>{t(`settings.name.${key}`)}</h3>
        <p>{t(`settings.help.${key}`)}</p>
        <p className="secondary">{bounds}</p>
        <p className="secondary" data-testid="setting-changed">
          {updatedBy === undefined || updatedAt === undefined || revision === 0 ? (
            t('settings.untouched')
          ) : (
            <>
              {t('settings.changedBy', { who: updatedBy })} <Moment at={updatedAt} />
              {setting.reason !== undefined && (
                <>
                  {' · '}
                  <q>{setting.reason}</q>
                </>
              )}
            </>
          )}
        </p>
        {fixedByConfiguration && (
          <p className="setting-fixed" data-testid="setting-fixed">
            {t('settings.fixed', { value: words(value) })}
            {value !== sharedValue && ` ${t('settings.fixedShared', { value: words(sharedValue) })}`}
          </p>
        )}
      </div>
      <form
        className="setting-form"
        aria-labelledby={id}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && 'value' in parsed) void save(parsed.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && edit.dirty) {
            event.preventDefault();
            cancel();
          }
        }}
      >
        {edit.outdated ? (
          <ConflictNotice
            what={t('settings.conflict', { who: updatedBy ?? '–' })}
            known={{ value: edit.base.sharedValue }}
            theirs={{ value: sharedValue }}
            nameOf={() => t(`settings.name.${key}`)}
            textOf={(_, number) => (typeof number === 'number' ? words(number) : undefined)}
            onTakeTheirs={cancel}
            onApplyMine={() => {
              act.clear();
              edit.rebase();
            }}
          />
        ) : (
          <>
            <TextField
              label={t(`settings.unitLabel.${unit}`)}
              value={fixedByConfiguration ? String(value) : edit.fields.text}
              disabled={disabled}
              error={edit.dirty && 'problem' in parsed}
              helperText={
                edit.dirty && 'problem' in parsed
                  ? t(`settings.problem.${parsed.problem}`, range)
                  : 'value' in parsed && parsed.value === 0 && key === 'session.lockAfterMinutes'
                    ? t('settings.never')
                    : ' '
              }
              slotProps={{
                htmlInput: { inputMode: 'numeric', maxLength: 9, 'data-testid': `setting-value-${key}` },
              }}
              onChange={(event) => edit.set({ text: event.target.value })}
            />
            {edit.dirty && (
              <>
                <ReasonField value={reason} onChange={setReason} />
                <div className="acts">
                  <button
                    type="submit"
                    className="button button-strong"
                    disabled={!ready || act.busy}
                    data-testid="setting-save"
                  >
                    {act.busy ? t('act.busy') : t('settings.save')}
                  </button>
                  <button type="button" className="button" onClick={cancel}>
                    {t('act.cancel')}
                  </button>
                  {!isReason(reason) && <span className="secondary">{t('settings.noReason')}</span>}
                </div>
              </>
            )}
            <ErrorLine error={act.error} />
          </>
        )}
      </form>
    </li>
  );
};
