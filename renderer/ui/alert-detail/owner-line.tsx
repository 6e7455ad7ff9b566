import { useState } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { call } from '../../live/call.ts';
import { useSession } from '../../live/session.ts';
import { useLiveActions } from '../../live/store.tsx';
import { ActButton } from '../act-button.tsx';
import { useAsk } from '../ask.ts';
import { errorText } from '../error-text.ts';
import { useWords } from '../i18n.ts';

/** To whom: active persons who may own an alert; a search where there are more than a list holds. */
const HandOver = ({ alert, onDone }: { readonly alert: Alert; readonly onDone: () => void }) => {
  const { t, language } = useWords();
  const { handOver } = useLiveActions();
  const [search, setSearch] = useState('');
  const [to, setTo] = useState('');
  const [comment, setComment] = useState('');
  const [working, setWorking] = useState(false);
  const asked = useAsk(
    `people ${search}`,
    () => call('alerts.people', { limit: 50, search: search.trim() === '' ? undefined : search.trim() }),
    true,
  );
  const people = asked.kind === 'ready' ? asked.value.items : [];
  const send = async (): Promise<void> => {
    setWorking(true);
    const done = await handOver(alert.id, to, comment);
    setWorking(false);
    if (done) onDone();
  };
  return (
    <form
      className="act-form"
      data-testid="hand-over-form"
      aria-label={t('alerts.handOver')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (to !== '') void send();
      }}
    >
      {asked.kind === 'failed' && (
        <p role="alert">
          {errorText(asked.error, t, language)}{' '}
          <button type="button" className="button" onClick={asked.retry}>
            {t('error.retry')}
          </button>
        </p>
      )}
      <input
        type="search"
        className="field"
        value={search}
        maxLength={64}
        placeholder={t('alerts.searchPerson')}
        aria-label={t('alerts.searchPerson')}
        data-testid="hand-over-search"
        onChange={(event) => setSearch(event.target.value)}
      />
      <select
        className="select"
        value={to}
        required
        aria-label={t('alerts.newOwner')}
        data-testid="hand-over-to"
        onChange={(event) => setTo(event.target.value)}
      >
        <option value="">{t('alerts.choosePerson')}</option>
        {people.map((person) => (
          <option key={person.subject} value={person.subject}>
            {person.name} · {t(`role.${person.role}`)}
          </option>
        ))}
      </select>
      <input
        type="text"
        className="field"
        dir="auto"
        value={comment}
        maxLength={2000}
        placeholder={t('alerts.comment')}
        aria-label={t('alerts.comment')}
        onChange={(event) => setComment(event.target.value)}
      />
      <span className="act-form-end">
        <ActButton act="hand-over" strong working={working || to === ''} testId="hand-over-confirm">
          {t('alerts.handOver')}
        </ActButton>
        <button type="button" className="button" onClick={onDone}>
          {t('alerts.cancel')}
        </button>
      </span>
    </form>
  );
};

/** Who has the alert now, and the ways to take it or to give it to somebody else. */
export const OwnerLine = ({ alert }: { readonly alert: Alert }) => {
  const { t } = useWords();
  const { handOver } = useLiveActions();
  const session = useSession();
  const [open, setOpen] = useState(false);
  if (isUnacknowledged(alert) || alert.state === 'closed') return undefined;
  const owner = alert.owner ?? alert.acknowledgedBy;
  const mine = owner !== undefined && owner === session?.name && session.state !== 'signed-out';
  return (
    <div className="owner" data-testid="alert-owner">
      <span>
        <span className="secondary">{t('alerts.owner')}</span>{' '}
        <b>
          <bdi>{owner ?? '–'}</bdi>
        </b>
        {mine && <span className="secondary"> {t('alerts.you')}</span>}
      </span>
      <span className="owner-acts">
        {!mine && (
          <ActButton act="hand-over" testId="take-button" onAct={() => void handOver(alert.id)}>
            {t('alerts.take')}
          </ActButton>
        )}
        <ActButton act="hand-over" testId="hand-over-open" expanded={open} onAct={() => setOpen(!open)}>
          {t('alerts.handOverTo')}
        </ActButton>
      </span>
      {open && <HandOver alert={alert} onDone={() => setOpen(false)} />}
    </div>
  );
};
