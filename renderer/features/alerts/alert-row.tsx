import { memo, useRef, useState } from 'react';
import type { MouseEvent } from 'react';
import type { Alert } from '../../../contract/domain.ts';
import { isUnacknowledged } from '../../live/alert-order.ts';
import { useDraft } from '../../live/drafts.ts';
import { useLiveActions } from '../../live/store.tsx';
import { useSite } from '../../live/zone.ts';
import { ActButton, ActReason } from '../../ui/act-button.tsx';
import { longestComment } from '../../ui/alert-detail/acknowledge-form.tsx';
import { GuidanceView } from '../../ui/alert-detail/guidance-view.tsx';
import { OwnerLine } from '../../ui/alert-detail/owner-line.tsx';
import { UndoButton } from '../../ui/alert-detail/undo-button.tsx';
import { useGuidance } from '../../ui/alert-detail/use-guidance.ts';
import '../../ui/alert-detail/alert-detail.css';
import { alertSubject, alertText, flashOf } from '../../ui/alert-text.ts';
import { bothZones, formatRecent, formatTimeWithZone, zoneOfSite } from '../../ui/formats.ts';
import { useWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { AlertTags } from './alert-tags.tsx';
import { MarkBox } from './mark-box.tsx';
import type { MarkHow } from './marking.ts';

interface AlertRowProps {
  readonly alert: Alert;
  readonly rowKey: string;
  readonly nested: boolean;
  /** In a line of one vehicle in several passes: each says which. */
  readonly named: boolean;
  readonly selected: boolean;
  readonly marked: boolean;
  readonly onMark: (rowKey: string, how: MarkHow) => void;
  readonly onDetails: (() => void) | undefined;
}

interface MoreProps {
  readonly alert: Alert;
  readonly zone: string;
  readonly onDetails: (() => void) | undefined;
  readonly onAcknowledge: () => void;
}

/** What the selected line unfolds: guidance, comment, owner; the rest is in the panel beside. */
const More = ({ alert, zone, onDetails, onAcknowledge }: MoreProps) => {
  const { t, language } = useWords();
  const guidance = useGuidance(alert);
  const [comment, setComment] = useDraft(`alert ${alert.id}`);
  const waiting = isUnacknowledged(alert);
  return (
    <div className="alert-more">
      <p className="alert-more-head">
        <span className="secondary">
          {t(`alertState.${alert.state}`)} · {formatTimeWithZone(alert.raisedAt, language, zone)}
        </span>
        {onDetails !== undefined && (
          <button type="button" className="button" data-testid="alert-details" onClick={onDetails}>
            {t('alerts.details')}
          </button>
        )}
      </p>
      <GuidanceView alert={alert} guidance={guidance} />
      {alert.comment !== undefined && alert.comment !== '' && (
        <p className="alert-said">
          “<bdi>{alert.comment}</bdi>”
        </p>
      )}
      {waiting && (
        <input
          type="text"
          className="field"
          dir="auto"
          value={comment}
          maxLength={longestComment}
          placeholder={`${t('alerts.comment')} — Ctrl+Enter`}
          aria-label={t('alerts.comment')}
          data-testid="ack-comment"
          onChange={(event) => setComment(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // Also with Ctrl: here the comment goes along, the window's own key knows of none.
            event.stopPropagation();
            onAcknowledge();
          }}
        />
      )}
      {waiting && <ActReason act="acknowledge" />}
      <OwnerLine alert={alert} />
    </div>
  );
};

/** One alert; selected, it unfolds in place with guidance and a comment, no dialog. */
export const AlertRow = memo(
  ({ alert, rowKey, nested, named, selected, marked, onMark, onDetails }: AlertRowProps) => {
    const { t, language } = useWords();
    const { select, acknowledge, openCar } = useLiveActions();
    const [comment, setComment] = useDraft(`alert ${alert.id}`);
    const [working, setWorking] = useState(false);
    const main = useRef<HTMLButtonElement>(null);
    const zone = zoneOfSite(useSite());
    const waiting = isUnacknowledged(alert);
    const spring = alert.position?.length === 3 ? alert.position : undefined;
    const { passId, vehicleIndex } = alert;

    const acknowledgeNow = async (): Promise<void> => {
      setWorking(true);
      const done = await acknowledge(alert.id, comment);
      setWorking(false);
      if (!done) return;
      setComment('');
      // The button that had the focus goes; whoever works by keys stays on the line.
      main.current?.focus();
    };
    const show = (): void => select({ passId, vehicleIndex, position: spring, alertId: alert.id });
    const open = (): void => {
      show();
      if (passId !== undefined && vehicleIndex !== undefined) void openCar(passId, vehicleIndex, spring);
    };
    const press = (event: MouseEvent): void => {
      if (event.ctrlKey || event.metaKey) onMark(rowKey, 'toggle');
      else if (event.shiftKey) onMark(rowKey, 'range');
      else if (selected) select({ alertId: undefined });
      else show();
    };

    return (
      <div
        className={nested ? 'alert alert-nested' : 'alert'}
        data-testid="alert-row"
        data-alert-id={alert.id}
        data-state={alert.state}
        data-severity={alert.severity}
        data-selected={selected}
        data-marked={marked}
        data-named={named}
      >
        <MarkBox
          marked={marked}
          label={`${alertSubject(alert, t)}: ${alertText(alert, t, language)}`}
          onMark={(how) => onMark(rowKey, how)}
        />
        <span className="alert-fold" />
        <StateMark state={alert.severity} flash={flashOf(alert)} />
        <button ref={main} type="button" className="alert-main" aria-expanded={selected} onClick={press}>
          <span className="alert-subject">{nested && !named ? '' : alertSubject(alert, t)}</span>
          <span className="alert-what">
            {alertText(alert, t, language)}
            <AlertTags alert={alert} zone={zone} />
          </span>
          <time className="alert-time" title={bothZones(alert.raisedAt, language, zone)}>
            {formatRecent(alert.raisedAt, Date.now(), language, zone)}
          </time>
        </button>
        <span className="alert-acts">
          {waiting ? (
            <ActButton
              act="acknowledge"
              strong
              working={working}
              testId="ack-button"
              onAct={() => void acknowledgeNow()}
            >
              {t('alerts.acknowledge')}
            </ActButton>
          ) : (
            <UndoButton alertId={alert.id} />
          )}
          {vehicleIndex !== undefined && (
            <button type="button" className="button" data-testid="alert-open" onClick={open}>
              {t('alerts.open')}
            </button>
          )}
        </span>
        {selected && (
          <More alert={alert} zone={zone} onDetails={onDetails} onAcknowledge={() => void acknowledgeNow()} />
        )}
      </div>
    );
  },
);
