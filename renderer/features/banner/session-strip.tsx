import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Session } from '../../../contract/domain.ts';
import { useClock } from '../../live/clock.ts';
import { askSession } from '../../live/session-acts.ts';
import { useLiveActions } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { classes } from '../../ui/dom.ts';
import { formatAge, formatDay, formatShortTime, isOtherDay, zoneName, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { graceLeft } from './session-words.ts';

interface LineProps {
  readonly testId: string;
  readonly hatched?: boolean;
  /** What is read out; a countdown beside it is for the eye, or it would be read out again and again. */
  readonly text: string;
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

const Line = ({ testId, hatched, text, beside, children }: LineProps) => (
  <div className={classes('condition', hatched === true && 'hatched')} data-testid={testId}>
    <StateMark state="stale" decorative />
    <p>
      <span role="status">{text}</span>
    </p>
    {beside}
    {children}
  </div>
);

/** Counts down; its own component, so that only it is drawn again. */
const Grace = ({ session }: { readonly session: Session }) => {
  const { t, language } = useWords();
  const zone = zoneOfSite(useSite());
  const { wall } = useClock();
  const grace = graceLeft(session, wall);
  if (grace === undefined) return undefined;
  const day = isOtherDay(grace.endsAt, wall, zone) ? `${formatDay(grace.endsAt, language, zone)} ` : '';
  const clock = formatShortTime(grace.endsAt, language, zone);
  const time = `${day}${clock} ${zoneName(grace.endsAt, zone)}`;
  const { name } = session;
  return (
    <Line
      testId="session-grace"
      hatched={grace.ending}
      text={t(grace.ending ? 'session.graceEnding' : 'session.grace', { name, time })}
      beside={
        <span className="session-left" aria-hidden="true">
          {t('session.left', { age: formatAge(grace.leftMs, language) })}
        </span>
      }
    />
  );
};

/** Why the last attempt failed and what to do, until somebody has read it or tries again. */
const Problem = ({ session: { problem } }: { readonly session: Session }) => {
  const { t } = useWords();
  const [read, setRead] = useState<number>();
  if (problem === undefined || problem.at === read) return undefined;
  return (
    <Line testId="sign-in-problem" text={t(`signIn.${problem.kind}`)}>
      <button
        type="button"
        className="button button-quiet"
        title={problem.message}
        data-testid="dismiss-sign-in-problem"
        onClick={() => setRead(problem.at)}
      >
        {t('session.dismiss')}
      </button>
    </Line>
  );
};

/** What a person must know of the session beyond who it is. Lines of the banner: nothing live is covered. */
export const SessionStrip = ({ session }: { readonly session: Session }) => {
  const { t } = useWords();
  const { store } = useLiveActions();
  const { state, signingIn, name } = session;
  const there = state === 'signed-in' || state === 'grace';
  return (
    <div className="session-strip">
      {(state === 'expired' || state === 'grace-ended' || state === 'deactivated') && (
        <Line testId="session-ended" text={t(`session.${state}`, { name })} />
      )}
      <Grace session={session} />
      {signingIn ? (
        <Line testId="signing-in" text={t(there ? 'session.continueTakeover' : 'session.continue', { name })}>
          <button
            type="button"
            className="button"
            data-testid="cancel-sign-in"
            onClick={() => void askSession(window.vicore, store, 'session.cancelLogin')}
          >
            {t('session.cancel')}
          </button>
        </Line>
      ) : (
        <Problem session={session} />
      )}
    </div>
  );
};
