import { useEffect, useState } from 'react';
import type { SessionState } from '../../../contract/domain.ts';
import type { CallError } from '../../../contract/errors.ts';
import type { AdminPage } from '../../../contract/results.ts';
import { call } from '../../live/call.ts';
import { useSession } from '../../live/session.ts';
import { useAdminWords } from '../../ui/i18n.ts';
import type { AdminKey } from '../../ui/i18n.ts';
import { ErrorLine } from '../../ui/panel/error-line.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { roleOfPage } from './pages.ts';

interface MissingRightsProps {
  readonly page: AdminPage;
  /** The page was open before the rights went: what was entered waits behind this. */
  readonly kept: boolean;
}

const signInWords: Readonly<Partial<Record<SessionState, AdminKey>>> = {
  'signed-in': 'page.changePerson',
  grace: 'page.changePerson',
  locked: 'page.unlock',
};

/** Instead of a page that the rights in force do not reach: what is needed, who is there, and the way to sign in. */
export const MissingRights = ({ page, kept }: MissingRightsProps) => {
  const { t } = useAdminWords();
  const session = useSession();
  const [error, setError] = useState<CallError>();
  const person = session?.name ?? '';
  const signingIn = session?.signingIn === true;
  useEffect(() => {
    if (signingIn) setError(undefined);
  }, [signingIn]);
  const signIn = async (): Promise<void> => {
    const answer = await call('session.login', {});
    setError(answer.ok ? undefined : answer.error);
  };
  return (
    <section className="panel missing-rights" role="alert" data-testid="missing-rights">
      <h2>
        <StateMark state="stale" decorative />{' '}
        {t('page.needsRole', { page: t(`page.${page}`), role: t(`role.${roleOfPage[page]}`) })}
      </h2>
      <p>
        {session?.state === 'locked'
          ? t('page.lockedSession', { name: person })
          : session?.state !== 'signed-in' && session?.state !== 'grace'
            ? t('page.nobody')
            : t('page.signedInAs', { name: person, role: t(`role.${session.role}`) })}
      </p>
      {kept && <p>{t('page.keptText')}</p>}
      {session?.configured === false ? (
        <p>{t('page.notConfigured')}</p>
      ) : signingIn ? (
        <p role="status">{t('page.signingIn')}</p>
      ) : (
        <button
          type="button"
          className="button button-strong"
          data-testid="page-sign-in"
          onClick={() => void signIn()}
        >
          {t(signInWords[session?.state ?? 'signed-out'] ?? 'page.signIn')}
        </button>
      )}
      <ErrorLine error={error} />
    </section>
  );
};
