import type { Alert } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { CallError, Result } from '../../contract/errors.ts';
import { alertWorldOf } from './alert-world.ts';
import { page } from './fake-main.ts';
import type { FakeMain, Part } from './fake-main.ts';
import { people } from './sessions.ts';
import { floodAlerts } from './world.ts';

const missing = failure('not-found', 'no such alert');
const away = failure('database-away', 'the database cannot be reached');

/** 5,000 alerts in a quarter of a minute, four times as fast as a flood must be borne. */
const startFlood = (main: FakeMain): void => {
  const world = alertWorldOf(main);
  const all = floodAlerts(Date.now(), 5000);
  let at = 0;
  const timer = setInterval(() => {
    world.add(all.slice(at, at + 40));
    at += 40;
    if (at >= all.length) clearInterval(timer);
  }, 100);
};

/** What people do about alerts, decided as the shared record would. */
export const alertAnswers: Part = (main) => {
  const { scenario } = main.options;
  const world = alertWorldOf(main);
  const offline = scenario === 'offline';
  const find = (alertId: string): Alert | undefined => world.alerts.get(alertId);
  const who = (): string => main.session().name;
  if (scenario === 'flood-live') setTimeout(() => startFlood(main), 500);

  const acknowledge = (
    alertId: string,
    details: Readonly<Record<string, unknown>>,
  ): Result<Alert> | { readonly ok: false; readonly error: CallError } => {
    const alert = find(alertId);
    if (alert === undefined) return missing;
    if (!alert.state.endsWith('unacknowledged')) {
      const { acknowledgedBy = 'B. Lee', acknowledgedAt = main.startedAt } = alert;
      return failure('already-acknowledged', 'refused', { acknowledgedBy, acknowledgedAt });
    }
    const { comment } = details;
    return success(
      world.change(
        {
          ...alert,
          state: alert.state === 'cleared-unacknowledged' ? 'closed' : 'active-acknowledged',
          acknowledgedBy: who(),
          acknowledgedAt: Date.now(),
          owner: who(),
          comment: typeof comment === 'string' ? comment : alert.comment,
          provisional: offline,
        },
        'acknowledged',
        details,
      ),
    );
  };
  /** An act that needs the shared record. */
  const shared = (
    alertId: string,
    kind: string,
    details: Readonly<Record<string, unknown>>,
    changed: (alert: Alert) => Partial<Alert>,
  ): Result<Alert> => {
    const alert = find(alertId);
    if (alert === undefined) return missing;
    if (offline) return away;
    return success(world.change({ ...alert, ...changed(alert) }, kind, details));
  };
  const none = { shelvedUntil: undefined, shelvedBy: undefined, shelveReason: undefined };

  return {
    'alerts.list': ({ cursor, limit }) => page(world.ordered(), cursor, limit),
    'alerts.get': ({ alertId }) => {
      const alert = find(alertId);
      return alert === undefined ? missing : success({ alert, events: world.eventsOf(alert) });
    },
    'alerts.acknowledge': ({ alertId, comment, checklist }) =>
      acknowledge(alertId, {
        ...(comment === undefined ? {} : { comment }),
        ...(checklist === undefined ? {} : { checklist }),
      }),
    'alerts.acknowledgeMany': ({ alertIds, comment }) => {
      const acknowledged: Alert[] = [];
      const failed: { alertId: string; error: CallError }[] = [];
      for (const alertId of alertIds) {
        // Somebody at another desk is faster with this one.
        const taken = find(alertId);
        if (taken?.rule === 'asymmetry' && taken.state.endsWith('unacknowledged')) {
          world.change(
            { ...taken, state: 'active-acknowledged', acknowledgedBy: 'B. Lee', acknowledgedAt: Date.now() },
            'acknowledged',
          );
        }
        const answer = acknowledge(alertId, comment === undefined ? {} : { comment });
        if (answer.ok) acknowledged.push(answer.value);
        else failed.push({ alertId, error: answer.error });
      }
      return success({ acknowledged, failed });
    },
    'alerts.comment': ({ alertId, comment }) => {
      const alert = find(alertId);
      return alert === undefined
        ? missing
        : success(world.change({ ...alert, comment }, 'commented', { comment }));
    },
    'alerts.undo': ({ alertId }) => {
      const alert = find(alertId);
      if (alert === undefined) return missing;
      if (alert.acknowledgedBy !== who()) return failure('conflict', 'not your acknowledgement');
      return shared(alertId, 'acknowledgement-undone', {}, ({ state }) => ({
        state: state === 'closed' ? 'cleared-unacknowledged' : 'active-unacknowledged',
        acknowledgedBy: undefined,
        acknowledgedAt: undefined,
        owner: undefined,
      }));
    },
    'alerts.handOver': ({ alertId, to, comment }) => {
      const person = Object.values(people).find(({ subject }) => subject === to);
      const owner = person?.name ?? who();
      const said = comment === undefined ? {} : { comment };
      return shared(alertId, 'handed-over', { to: owner, ...said }, () => ({ owner }));
    },
    'alerts.shelve': ({ alertId, minutes, reason }) => {
      const until = Date.now() + minutes * 60_000;
      return shared(alertId, 'shelved', { until, reason }, () => ({
        shelvedUntil: until,
        shelvedBy: who(),
        shelveReason: reason,
      }));
    },
    'alerts.unshelve': ({ alertId }) => shared(alertId, 'unshelved', {}, () => none),
    'alerts.verdict': ({ alertId, verdict, comment }) =>
      shared(alertId, 'verdict', { verdict, ...(comment === undefined ? {} : { comment }) }, () => ({
        verdict,
      })),
    'alerts.people': ({ search }) =>
      offline
        ? away
        : success({
            items: (['operator', 'supervisor', 'admin'] as const)
              .map((role) => ({ ...people[role], role }))
              .filter(({ name }) => name.toLowerCase().includes((search ?? '').toLowerCase())),
          }),
    'alerts.guidance': ({ rule, severity }) =>
      success(
        rule === 'defect' && severity === 'critical'
          ? {
              rule,
              severity,
              textEn:
                'The train must not leave the terminal.\nCall the rolling-stock controller (ext. 4711) and read the car and the spring out.',
              textFr:
                'Le train ne doit pas quitter le terminal.\nAppelez le régulateur matériel (poste 4711) et énoncez le wagon et le ressort.',
              checklist: [
                { en: 'Picture looked at', fr: 'Image regardée' },
                { en: 'Rolling-stock controller called', fr: 'Régulateur matériel appelé' },
                { en: 'Train held', fr: 'Train retenu' },
              ],
              updatedBy: 'Dora Okafor',
              updatedAt: main.startedAt - 86_400_000,
              revision: 3,
            }
          : { rule, severity, textEn: '', textFr: '', checklist: [], revision: 0 },
      ),
    'alerts.export': ({ alertIds }) =>
      success({
        path: '/home/vicore/Documents/alerts-2026-11-21.csv',
        rows: alertIds?.length ?? world.alerts.size,
      }),
    'cars.recordMaintenance': ({ vehicleNumber }) =>
      offline ? away : success({ vehicleNumber, at: Date.now() }),
  };
};
