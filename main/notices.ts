import type { Alert } from '../contract/domain.ts';
import { isShelved } from './alerts/lifecycle.ts';

interface NoticeMarks {
  unnotified(alertIds: readonly string[]): Promise<readonly string[]>;
  markNotified(alertIds: readonly string[]): Promise<void>;
}

export interface Notices {
  /**
   * Tells of those that are active, nobody's, not on the shelf and not yet told. Alerts of one call may be told in
   * any order.
   */
  consider(alerts: readonly Alert[]): void;
  /** Rows of a first fill are history: known, not news. */
  alreadyKnown(alerts: readonly Alert[]): void;
}

const isNews = (alert: Alert): boolean =>
  alert.state === 'active-unacknowledged' && !isShelved(alert, Date.now());

/**
 * Which alerts a person must be told of now. The marks are durable, so that a crash between storing and telling
 * tells again, and the same alert arriving by the camera and by the database is told once (fault 48).
 */
export function createNotices(
  marks: NoticeMarks,
  tell: (alerts: readonly Alert[]) => void,
  onFault: (error: unknown) => void,
): Notices {
  /** Told by this process: the marks are written only when the desktop has it. */
  const told = new Map<string, string>();
  const keyOf = (alert: Alert): string => `${alert.severity} ${alert.receivedAt}`;

  async function considerNow(alerts: readonly Alert[]): Promise<void> {
    const ids = new Set(await marks.unnotified(alerts.map((alert) => alert.id)));
    const news = alerts.filter((alert) => ids.has(alert.id) && told.get(alert.id) !== keyOf(alert));
    for (const alert of news) told.set(alert.id, keyOf(alert));
    if (news.length > 0) tell(news);
  }

  return {
    consider(alerts) {
      for (const alert of alerts) if (!isNews(alert)) told.delete(alert.id);
      const candidates = alerts.filter(isNews);
      if (candidates.length === 0) return;
      considerNow(candidates).catch((error: unknown) => {
        // Better twice than not at all.
        onFault(error);
        tell(candidates);
      });
    },
    alreadyKnown(alerts) {
      const ids = alerts.filter(isNews).map((alert) => alert.id);
      if (ids.length > 0) marks.markNotified(ids).catch(onFault);
    },
  };
}
