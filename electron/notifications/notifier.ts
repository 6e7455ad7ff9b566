import { Notification } from 'electron';
import type { Alert } from '../../contract/domain.ts';
import type { Preferences } from '../../contract/results.ts';
import type { Core, Log } from '../../main/core.ts';
import { createGrouping } from './grouping.ts';
import { wordAlert, wordGroup } from './wording.ts';
import type { Words } from './wording.ts';

/** A desktop that has not shown a notification by then has nothing that shows it (fault 57). */
const shownWithinMs = 5_000;

export interface NotifierOptions {
  readonly core: Pick<Core, 'markNotified' | 'setWarning'>;
  readonly preferences: () => Preferences;
  readonly monotonic: () => number;
  readonly log: Log;
  /** A notification was clicked; no alert when it stood for several. */
  readonly onOpen: (alert: Alert | undefined) => void;
}

/**
 * Tells the desktop of alerts. Returns at once and never throws: the way of an alert to the windows does not wait
 * for it, and it is never the only sign.
 */
export function createNotifier(options: NotifierOptions): (alert: Alert) => void {
  const { core, log } = options;
  const grouping = createGrouping();
  /** Kept until closed: a notification that is collected loses its click. */
  const open = new Set<Notification>();
  let timer: NodeJS.Timeout | undefined;

  const mark = (alerts: readonly Alert[]) => {
    core.markNotified(alerts.map(({ id }) => id)).catch((error: unknown) => {
      log.warn({ error }, 'alerts could not be marked as notified; they will be told again');
    });
  };

  const show = (words: Words, alerts: readonly Alert[]) => {
    if (!Notification.isSupported()) {
      core.setWarning('notifications-unavailable', true);
      return;
    }
    const critical = alerts.some((alert) => alert.severity === 'critical');
    const notification = new Notification({
      ...words,
      urgency: critical ? 'critical' : 'normal',
      timeoutType: critical ? 'never' : 'default',
      // The application has its own sounds.
      silent: true,
    });
    open.add(notification);
    const unseen = setTimeout(() => {
      log.warn({ alerts: alerts.length }, 'the desktop did not show a notification');
      core.setWarning('notifications-unavailable', true);
    }, shownWithinMs);
    notification.on('show', () => {
      clearTimeout(unseen);
      core.setWarning('notifications-unavailable', false);
      mark(alerts);
    });
    notification.on('failed', (_event, error) => {
      clearTimeout(unseen);
      log.warn({ error }, 'a notification failed');
      core.setWarning('notifications-unavailable', true);
    });
    notification.on('click', () => {
      options.onOpen(alerts.length === 1 ? alerts[0] : undefined);
    });
    notification.on('close', () => open.delete(notification));
    notification.show();
  };

  const flush = () => {
    timer = undefined;
    const alerts = grouping.due(options.monotonic());
    const [only] = alerts;
    const { language } = options.preferences();
    if (only && alerts.length === 1) show(wordAlert(only, language), alerts);
    else if (alerts.length > 1) show(wordGroup(alerts, language), alerts);
    plan();
  };

  const plan = () => {
    const due = grouping.dueAt();
    if (due !== undefined) timer ??= setTimeout(flush, Math.max(1, due - options.monotonic()));
  };

  return (alert) => {
    const { notifyWarnings, language } = options.preferences();
    if (alert.severity === 'warning' && !notifyWarnings) {
      mark([alert]);
      return;
    }
    const now = grouping.add(alert, options.monotonic());
    if (now) show(wordAlert(now, language), [now]);
    plan();
  };
}
