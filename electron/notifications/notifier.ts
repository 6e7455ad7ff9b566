import { Notification } from 'electron';
import type { Alert } from '../../contract/domain.ts';
import type { Preferences } from '../../contract/results.ts';
import type { Core, Log } from '../../main/core.ts';
import { createGrouping } from './grouping.ts';
import { createShown } from './shown.ts';
import { wordAlert, wordFlood, wordGroup } from './wording.ts';
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

export interface Notifier {
  /** An alert that a person must be told of. Returns at once and never throws. */
  notify(alert: Alert): void;
  /** What became of alerts: a notification goes when somebody, anywhere, has dealt with all that it is about. */
  changed(alerts: readonly Alert[]): void;
}

/** Tells the desktop of alerts: the way of an alert to the windows does not wait for it, and it is never the only sign. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { core, log } = options;
  const grouping = createGrouping();
  /** Also keeps them: a notification that is collected loses its click. */
  const shown = createShown<Notification>();
  let flood: Notification | undefined;
  let timer: NodeJS.Timeout | undefined;

  const mark = (alerts: readonly Alert[]) => {
    core.markNotified(alerts.map(({ id }) => id)).catch((error: unknown) => {
      log.warn({ error }, 'alerts could not be marked as notified; they will be told again');
    });
  };

  const show = (words: Words, alerts: readonly Alert[]): Notification | undefined => {
    if (!Notification.isSupported()) {
      core.setWarning('notifications-unavailable', true);
      return undefined;
    }
    const critical = alerts.some((alert) => alert.severity === 'critical');
    const notification = new Notification({
      ...words,
      urgency: critical ? 'critical' : 'normal',
      timeoutType: critical ? 'never' : 'default',
      // The application has its own sounds.
      silent: true,
    });
    for (const overtaken of shown.add(
      notification,
      alerts.map(({ id }) => id),
    )) {
      overtaken.close();
    }
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
    notification.on('close', () => {
      shown.forget(notification);
    });
    notification.show();
    return notification;
  };

  const flush = () => {
    timer = undefined;
    const group = grouping.due(options.monotonic());
    const [only] = group.alerts;
    const { language } = options.preferences();
    if (only && group.flood !== undefined) {
      // One on the screen: the newest has the number.
      const before = flood;
      flood = show(wordFlood(group.alerts, group.flood, language), group.alerts);
      if (before && flood) {
        shown.inherit(flood, before);
        before.close();
      }
    } else if (only && group.alerts.length === 1) show(wordAlert(only, language), group.alerts);
    else if (only) show(wordGroup(group.alerts, language), group.alerts);
    plan();
  };

  const plan = () => {
    const due = grouping.dueAt();
    if (due !== undefined) timer ??= setTimeout(flush, Math.max(1, due - options.monotonic()));
  };

  return {
    notify(alert) {
      const { notifyWarnings, language } = options.preferences();
      if (alert.severity === 'warning' && !notifyWarnings) {
        grouping.count(options.monotonic());
        mark([alert]);
        return;
      }
      const now = grouping.add(alert, options.monotonic());
      if (now) show(wordAlert(now, language), [now]);
      plan();
    },
    changed(alerts) {
      for (const notification of shown.changed(alerts, Date.now())) notification.close();
    },
  };
}
