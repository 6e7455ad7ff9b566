import type { Alert } from '../../contract/domain.ts';

/** Notifications on the screen, and the alerts each is about that nobody has dealt with. */
export interface Shown<T> {
  /** Gives those that were about one of these alerts alone: the new one takes their place. */
  add(notification: T, alertIds: readonly string[]): readonly T[];
  /** It stands for what another one stood for, too. */
  inherit(notification: T, from: T): void;
  /** Gives those that have nothing left to tell; they are forgotten. */
  changed(alerts: readonly Alert[], now: number): readonly T[];
  /** It is gone from the screen. */
  forget(notification: T): void;
}

/** Somebody has it, on whatever workstation, or put it aside. A cleared one still waits for somebody. */
const isDealtWith = ({ state, shelvedUntil }: Alert, now: number): boolean =>
  state === 'active-acknowledged' || state === 'closed' || (shelvedUntil !== undefined && shelvedUntil > now);

export function createShown<T>(): Shown<T> {
  const open = new Map<T, Set<string>>();
  const byAlert = new Map<string, Set<T>>();

  function forget(notification: T): void {
    for (const id of open.get(notification) ?? []) {
      const about = byAlert.get(id);
      about?.delete(notification);
      if (about?.size === 0) byAlert.delete(id);
    }
    open.delete(notification);
  }

  function attach(notification: T, alertIds: Iterable<string>): void {
    const ids = open.get(notification) ?? new Set();
    open.set(notification, ids);
    for (const id of alertIds) {
      ids.add(id);
      const about = byAlert.get(id) ?? new Set();
      byAlert.set(id, about.add(notification));
    }
  }

  return {
    add(notification, alertIds) {
      const overtaken = alertIds.flatMap((id) =>
        [...(byAlert.get(id) ?? [])].filter((one) => open.get(one)?.size === 1),
      );
      for (const one of overtaken) forget(one);
      attach(notification, alertIds);
      return overtaken;
    },
    inherit(notification, from) {
      attach(notification, open.get(from) ?? []);
      forget(from);
    },
    changed(alerts, now) {
      const done: T[] = [];
      for (const alert of alerts) {
        const about = byAlert.get(alert.id);
        if (!about || !isDealtWith(alert, now)) continue;
        byAlert.delete(alert.id);
        for (const notification of about) {
          const left = open.get(notification);
          left?.delete(alert.id);
          if (left?.size !== 0) continue;
          open.delete(notification);
          done.push(notification);
        }
      }
      return done;
    },
    forget,
  };
}
