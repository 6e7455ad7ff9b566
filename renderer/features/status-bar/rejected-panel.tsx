import { useState } from 'react';
import type { RejectedMessage } from '../../../contract/domain.ts';
import { call } from '../../live/call.ts';
import { useLive } from '../../live/store.tsx';
import { useAsk } from '../../ui/ask.ts';
import { formatMoment, workstationZone } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { Empty, Failed, Loading } from '../../ui/messages.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';

const Rejected = ({ message }: { readonly message: RejectedMessage }) => {
  const { t, language } = useWords();
  return (
    <li className="rejected" data-testid="rejected-row">
      <div className="rejected-head">
        <b>{message.seq === undefined ? t('rejected.noSeq') : t('rejected.seq', { seq: message.seq })}</b>
        <span className="secondary">{message.streamId}</span>
        <time className="secondary">{formatMoment(message.at, language, workstationZone())}</time>
      </div>
      <p>{message.reason}</p>
      <details>
        <summary>{t('rejected.text')}</summary>
        <pre className="scroll" tabIndex={0}>
          {message.text}
        </pre>
      </details>
    </li>
  );
};

/** Camera messages that could not be used, newest first, each with its reason and text (docs/camera-protocol rule 5). */
export const RejectedPanel = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useWords();
  const count = useLive((state) => state.status?.rejectedCount ?? 0);
  const [older, setOlder] = useState<readonly RejectedMessage[]>([]);
  const [cursor, setCursor] = useState<string | false>();
  const first = useAsk(`rejected ${count}`, () => call('monitoring.rejected', { limit: 100 }), true);
  const next = cursor ?? (first.kind === 'ready' ? first.value.cursor : undefined);
  const more = async (from: string): Promise<void> => {
    const answer = await call('monitoring.rejected', { limit: 100, cursor: from });
    if (!answer.ok) return;
    setOlder((before) => [...before, ...answer.value.items]);
    setCursor(answer.value.cursor ?? false);
  };
  return (
    <SidePanel title={t('rejected.title')} onClose={onClose} testId="rejected-panel">
      {first.kind === 'loading' && <Loading text={t('rejected.loading')} />}
      {first.kind === 'failed' && (
        <Failed title={t('rejected.failed')} error={first.error} retry={first.retry} />
      )}
      {first.kind === 'ready' &&
        (first.value.items.length === 0 ? (
          <Empty title={t('rejected.empty')} />
        ) : (
          <ul>
            {[...first.value.items, ...older].map((message, place) => (
              <Rejected
                key={`${message.streamId} ${message.seq ?? 'x'} ${message.at} ${place}`}
                message={message}
              />
            ))}
          </ul>
        ))}
      {typeof next === 'string' && (
        <button type="button" className="button" onClick={() => void more(next)}>
          {t('rejected.more')}
        </button>
      )}
    </SidePanel>
  );
};
