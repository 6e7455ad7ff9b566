import TextField from '@mui/material/TextField';
import type { Camera } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useReference } from '../../live/reference.ts';
import { useAllowed } from '../../live/session.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Failed, Loading } from '../../ui/messages.tsx';
import { ConflictNotice } from '../../ui/panel/conflict-notice.tsx';
import { Facts } from '../../ui/panel/facts.tsx';
import { Moment } from '../../ui/panel/moment.tsx';
import { TableEnd } from '../../ui/panel/table-end.tsx';
import { useAct } from '../../ui/panel/use-act.ts';
import { useEdit } from '../../ui/panel/use-edit.ts';
import { usePages } from '../../ui/panel/use-pages.ts';
import { CameraStateWords } from './camera-state.tsx';
import { RowForm } from './row-form.tsx';

interface CameraDetailProps {
  readonly camera: Camera;
  readonly onSaved: (saved: Camera) => void;
  readonly onConflict: () => void;
}

const fieldsOf = ({ givenName }: Camera) => ({ givenName: givenName ?? '' });

const CameraForm = ({ camera, onSaved, onConflict }: CameraDetailProps) => {
  const { t } = useAdminWords();
  const allowed = useAllowed('admin');
  const act = useAct();
  const edit = useEdit(camera, fieldsOf);
  const name = edit.fields.givenName;
  const save = async (): Promise<void> => {
    const saved = await act.run(async () => {
      const answer = await call('admin.saveCamera', {
        streamId: camera.streamId,
        cameraId: camera.id,
        givenName: name.trim() === '' ? undefined : name.trim(),
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
        theirs={fieldsOf(camera)}
        nameOf={() => t('cameras.givenName')}
        onTakeTheirs={clear(edit.reset)}
        onApplyMine={clear(edit.rebase)}
      />
    );
  }
  return (
    <RowForm
      title={t('cameras.change')}
      testId="camera-form"
      dirty={edit.dirty}
      busy={act.busy}
      allowed={allowed}
      error={act.error}
      onSave={() => void save()}
      onReset={clear(edit.reset)}
    >
      <TextField
        label={t('cameras.givenName')}
        helperText={t('cameras.givenNameHelp')}
        value={name}
        disabled={!allowed}
        slotProps={{ htmlInput: { maxLength: 100, 'data-testid': 'camera-name' } }}
        onChange={(event) => edit.set({ givenName: event.target.value })}
      />
    </RowForm>
  );
};

const History = ({ camera: { streamId, id } }: { readonly camera: Camera }) => {
  const { t } = useAdminWords();
  const version = useReference('camera');
  const pages = usePages(
    `history ${streamId} ${id}`,
    (cursor, limit) => call('admin.cameraHistory', { streamId, cameraId: id, cursor, limit }),
    { version, pageSize: 50 },
  );
  return (
    <section aria-label={t('cameras.history')}>
      <h3>{t('cameras.history')}</h3>
      {pages.rows.length === 0 && pages.phase === 'loading' && <Loading text={t('list.loading')} />}
      {pages.rows.length === 0 && pages.phase === 'failed' && pages.error !== undefined && (
        <Failed title={t('cameras.historyFailed')} error={pages.error} retry={pages.retry} />
      )}
      {pages.rows.length === 0 && pages.phase === 'ready' && (
        <p className="secondary">{t('cameras.noHistory')}</p>
      )}
      {pages.rows.length > 0 && (
        <>
          <table className="camera-history" data-testid="camera-history">
            <thead>
              <tr>
                <th scope="col">{t('cameras.since')}</th>
                <th scope="col">{t('cameras.state')}</th>
              </tr>
            </thead>
            <tbody>
              {pages.rows.map(({ status, at, workstation }) => (
                <tr key={`${at} ${status}`}>
                  <td>
                    <Moment at={at} show="absolute" />
                    <div className="secondary">{t('cameras.heardBy', { workstation })}</div>
                  </td>
                  <td>
                    <CameraStateWords status={status} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <TableEnd pages={pages} failed={t('cameras.historyFailed')} />
        </>
      )}
    </section>
  );
};

/** One camera: where it is, what people call it, and every change of its state. */
export const CameraDetail = ({ camera, ...rest }: CameraDetailProps) => {
  const { t } = useAdminWords();
  const key = `${camera.streamId}/${camera.id}`;
  return (
    <>
      <Facts
        facts={[
          { key: 'id', name: t('cameras.id'), value: camera.id },
          { key: 'name', name: t('cameras.name'), value: camera.name },
          { key: 'site', name: t('sites.site'), value: camera.site },
          { key: 'track', name: t('sites.track'), value: camera.track },
          {
            key: 'side',
            name: t('cameras.side'),
            value: t(camera.side === 'left' ? 'side.left' : 'side.right'),
          },
          {
            key: 'state',
            name: t('cameras.state'),
            value: <CameraStateWords status={camera.status} />,
          },
          camera.statusAt === undefined
            ? undefined
            : { key: 'since', name: t('cameras.since'), value: <Moment at={camera.statusAt} /> },
        ]}
      />
      <CameraForm key={`form ${key}`} camera={camera} {...rest} />
      <History key={`history ${key}`} camera={camera} />
    </>
  );
};
