import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { Role, User } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import { Confirmation } from '../../ui/panel/confirmation.tsx';
import { ConflictNotice } from '../../ui/panel/conflict-notice.tsx';
import { ReasonField } from '../../ui/panel/reason-field.tsx';
import { useAct } from '../../ui/panel/use-act.ts';
import { changeOf, isUser, missingFor, rightsOf } from './user-acts.ts';
import type { UserActKind, UserDraft } from './user-acts.ts';
import { useUserWords } from './use-user-words.ts';

const roles = ['viewer', 'operator', 'supervisor', 'admin'] as const satisfies readonly Role[];

interface UserActFormProps {
  readonly user: User;
  readonly kind: UserActKind;
  readonly onDone: (user: User) => void;
  readonly onClose: () => void;
}

/** One act on a person: what it does, the reason, and what to do when another administrator was faster. */
export const UserActForm = ({ user: shown, kind, onDone, onClose }: UserActFormProps) => {
  const { t } = useAdminWords();
  const words = useUserWords();
  const act = useAct();
  // As it was when the person began: a change that comes in meanwhile is a conflict to look at, not a silent base.
  const [user] = useState(shown);
  const [draft, setDraft] = useState<UserDraft>({
    reason: '',
    role: user.roleOverride ?? user.role,
    typed: '',
  });
  const missing = missingFor(kind, user, draft);
  const { current } = act;

  const run = async (revision: number): Promise<void> => {
    const done = await act.run(() =>
      kind === 'pseudonymise'
        ? call('admin.pseudonymiseUser', { userId: user.id, revision, reason: draft.reason.trim() })
        : call('admin.changeUser', { userId: user.id, revision, change: changeOf(kind, draft) }),
    );
    if (done !== undefined) onDone(done);
  };

  const named = t(`users.act.${kind}.confirm`);
  const mine = kind === 'override-role' ? `${named}: ${t(`role.${draft.role}`)}` : named;
  if (isUser(current)) {
    return (
      <ConflictNotice
        what={`${t('users.conflict', { name: user.name })} ${t('users.conflictMine', { act: mine })}`}
        known={rightsOf(user)}
        theirs={rightsOf(current)}
        busy={act.busy}
        onTakeTheirs={() => onDone(current)}
        onApplyMine={current.pseudonymised ? undefined : () => void run(current.revision)}
        {...words}
      />
    );
  }
  return (
    <Confirmation
      title={t(`users.act.${kind}.title`, { name: user.name })}
      confirm={t(`users.act.${kind}.confirm`)}
      missing={missing === undefined ? undefined : t(`users.missing.${missing}`, { name: user.name })}
      busy={act.busy}
      error={act.error}
      testId="user-act"
      onCancel={onClose}
      onConfirm={() => void run(user.revision)}
    >
      <p>{t(`users.act.${kind}.text`, { role: t(`role.${user.claimedRole}`) })}</p>
      {kind === 'override-role' && (
        <TextField
          select
          fullWidth
          label={t('users.newRole')}
          value={draft.role}
          slotProps={{ htmlInput: { 'data-testid': 'user-role' }, select: { native: true } }}
          onChange={(event) => {
            const role = roles.find((each) => each === event.target.value);
            if (role !== undefined) setDraft({ ...draft, role });
          }}
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </TextField>
      )}
      <ReasonField value={draft.reason} onChange={(reason) => setDraft({ ...draft, reason })} />
      {kind === 'pseudonymise' && (
        <TextField
          fullWidth
          required
          label={t('users.typeName', { name: user.name })}
          value={draft.typed}
          autoComplete="off"
          slotProps={{ htmlInput: { 'data-testid': 'user-typed-name', maxLength: 200 } }}
          onChange={(event) => setDraft({ ...draft, typed: event.target.value })}
        />
      )}
    </Confirmation>
  );
};
