import TextField from '@mui/material/TextField';
import { useId } from 'react';
import type { Camera, Site } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useAllowed } from '../../live/session.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { ConflictNotice } from '../../ui/panel/conflict-notice.tsx';
import { Facts } from '../../ui/panel/facts.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { useAct } from '../../ui/panel/use-act.ts';
import { useEdit } from '../../ui/panel/use-edit.ts';
import { CameraStateWords } from './camera-state.tsx';
import { RowForm } from './row-form.tsx';
import { isTimeZone, timeZones } from './zones.ts';

interface SiteDetailProps {
  readonly site: Site;
  readonly cameras: readonly Camera[];
  readonly onCamera: (camera: Camera) => void;
  readonly onSaved: (saved: Site) => void;
  readonly onConflict: () => void;
}

const fieldsOf = ({ name, timeZone }: Site) => ({ name: name ?? '', timeZone: timeZone ?? '' });
const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

const SiteForm = ({ site, onSaved, onConflict }: Omit<SiteDetailProps, 'cameras' | 'onCamera'>) => {
  const { t } = useAdminWords();
  const allowed = useAllowed('admin');
  const act = useAct();
  const edit = useEdit(site, fieldsOf);
  const zoneList = useId();
  const { name, timeZone } = edit.fields;
  const save = async (): Promise<void> => {
    const saved = await act.run(async () => {
      const answer = await call('admin.saveSite', {
        site: site.site,
        track: site.track,
        name: filled(name),
        timeZone: filled(timeZone),
        revision: edit.base.revision,
      });
      if (!answer.ok && answer.error.code === 'conflict') onConflict();
      return answer;
    });
    if (saved === undefined) return;
    edit.reset();
    onSaved(saved);
  };
  const clear = (next: () => void) => () => {
    act.clear();
    next();
  };
  if (edit.outdated) {
    return (
      <ConflictNotice
        what={t('sites.conflict')}
        known={fieldsOf(edit.base)}
        theirs={fieldsOf(site)}
        nameOf={(path) => t(path === 'timeZone' ? 'sites.zone' : 'sites.name')}
        onTakeTheirs={clear(edit.reset)}
        onApplyMine={clear(edit.rebase)}
      />
    );
  }
  const zoneWrong = filled(timeZone) !== undefined && !isTimeZone(timeZone.trim());
  return (
    <RowForm
      title={t('sites.change')}
      testId="site-form"
      dirty={edit.dirty}
      busy={act.busy}
      allowed={allowed}
      missing={zoneWrong ? t('sites.zoneWrong') : undefined}
      error={act.error}
      onSave={() => void save()}
      onReset={clear(edit.reset)}
    >
      <TextField
        label={t('sites.name')}
        helperText={t('sites.nameHelp')}
        value={name}
        disabled={!allowed}
        slotProps={{ htmlInput: { maxLength: 100, 'data-testid': 'site-name' } }}
        onChange={(event) => edit.set({ name: event.target.value })}
      />
      <TextField
        label={t('sites.zone')}
        helperText={t('sites.zoneHelp')}
        value={timeZone}
        error={zoneWrong}
        disabled={!allowed}
        slotProps={{ htmlInput: { maxLength: 64, list: zoneList, 'data-testid': 'site-zone' } }}
        onChange={(event) => edit.set({ timeZone: event.target.value })}
      />
      <datalist id={zoneList}>
        {timeZones().map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
    </RowForm>
  );
};

/** One camera installation: what people call it, its time zone, its stream and its cameras. */
export const SiteDetail = ({ site, cameras, onCamera, ...rest }: SiteDetailProps) => {
  const { t } = useAdminWords();
  return (
    <>
      <Facts
        facts={[
          { key: 'site', name: t('sites.site'), value: site.site },
          { key: 'track', name: t('sites.track'), value: site.track },
          { key: 'stream', name: t('sites.stream'), value: site.streamId },
        ]}
      />
      <SiteForm key={`${site.site}/${site.track}`} site={site} {...rest} />
      <section aria-label={t('sites.cameras')}>
        <h3>{t('sites.cameras')}</h3>
        {cameras.length === 0 ? (
          <p className="secondary">{t('sites.noCameras')}</p>
        ) : (
          <ul className="site-cameras">
            {cameras.map((camera) => (
              <li key={camera.id}>
                <button type="button" className="button" onClick={() => onCamera(camera)}>
                  {camera.givenName ?? camera.name}
                </button>
                <CameraStateWords status={camera.status} />
                {camera.statusAt !== undefined && <Moment at={camera.statusAt} show="relative" />}
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
};
