import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { VehicleType } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useAllowed } from '../../live/session.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { ConflictNotice } from '../../ui/panel/conflict-notice.tsx';
import { ErrorLine } from '../../ui/panel/error-line.tsx';
import { useAct } from '../../ui/panel/use-act.ts';
import { useEdit } from '../../ui/panel/use-edit.ts';

/** Of docs/domain.md, positions. */
const axleCounts = [2, 3, 4, 5, 6, 7, 8] as const;
const usualAxles = 4;

interface VehicleTypeFormProps {
  readonly type: VehicleType;
  readonly onSaved: (saved: VehicleType) => void;
  readonly onConflict: () => void;
}

const fieldsOf = ({ name, axles }: VehicleType) => ({ name: name ?? '', axles: axles ?? usualAxles });

/** Name and axles of a vehicle type; its code comes from the stream and stays. */
export const VehicleTypeForm = ({ type, onSaved, onConflict }: VehicleTypeFormProps) => {
  const { t } = useAdminWords();
  const allowed = useAllowed('admin');
  const act = useAct();
  const edit = useEdit(type, fieldsOf);
  const { name, axles } = edit.fields;
  const entered = type.name !== undefined;
  const save = async (): Promise<void> => {
    const saved = await act.run(async () => {
      const answer = await call('admin.saveVehicleType', {
        code: type.code,
        name: name.trim(),
        axles,
        revision: edit.base.revision,
      });
      if (!answer.ok && answer.error.code === 'conflict') onConflict();
      return answer;
    });
    if (saved === undefined) return;
    edit.reset();
    onSaved(saved);
  };
  if (edit.outdated) {
    return (
      <ConflictNotice
        what={t('vehicleTypes.conflict')}
        known={fieldsOf(edit.base)}
        theirs={fieldsOf(type)}
        nameOf={(path) => t(path === 'axles' ? 'vehicleTypes.axles' : 'vehicleTypes.name')}
        onTakeTheirs={() => {
          act.clear();
          edit.reset();
        }}
        onApplyMine={() => {
          act.clear();
          edit.rebase();
        }}
      />
    );
  }
  const missing = name.trim() === '' ? t('vehicleTypes.noName') : undefined;
  return (
    <form
      className="row-form"
      data-testid="vehicle-type-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (allowed && missing === undefined && (edit.dirty || !entered)) void save();
      }}
    >
      <h3>{entered ? t('vehicleTypes.change') : t('vehicleTypes.enter')}</h3>
      <TextField
        label={t('vehicleTypes.name')}
        value={name}
        disabled={!allowed}
        slotProps={{ htmlInput: { maxLength: 100, 'data-testid': 'vehicle-type-name' } }}
        onChange={(event) => edit.set({ name: event.target.value })}
      />
      <TextField
        select
        label={t('vehicleTypes.axles')}
        helperText={t('vehicleTypes.axlesHelp')}
        value={axles}
        disabled={!allowed}
        onChange={(event) => edit.set({ axles: Number(event.target.value) })}
      >
        {axleCounts.map((count) => (
          <MenuItem key={count} value={count}>
            {count}
          </MenuItem>
        ))}
      </TextField>
      <ErrorLine error={act.error} />
      <div className="acts">
        <button
          type="submit"
          className="button button-strong"
          disabled={!allowed || missing !== undefined || act.busy || (entered && !edit.dirty)}
          data-testid="vehicle-type-save"
        >
          {act.busy ? t('act.busy') : entered ? t('vehicleTypes.save') : t('vehicleTypes.enterDo')}
        </button>
        {edit.dirty && (
          <button type="button" className="button" onClick={edit.reset}>
            {t('act.cancel')}
          </button>
        )}
        {missing !== undefined && <span className="secondary">{missing}</span>}
      </div>
    </form>
  );
};
