import type { VicoreApi } from '../../contract/api.ts';
import type { Change, ChangeBatch, PassDetail } from '../../contract/changes.ts';
import type { Alert, Pass, Vehicle } from '../../contract/domain.ts';
import type { Result } from '../../contract/errors.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Inputs } from '../../contract/inputs.ts';
import type { MethodName } from '../../contract/methods.ts';
import type { Preferences, Results, WindowContext } from '../../contract/results.ts';
import { springPicture } from './picture.ts';
import { random, thresholds, unknownLimits } from './springs.ts';
import {
  countAlerts,
  livePass,
  makeAlerts,
  makePasses,
  makeStatus,
  manyAlerts,
  uuid,
  vehicleAt,
} from './world.ts';

export type Scenario =
  'live' | 'ended' | 'empty' | 'loading' | 'failed' | 'offline' | 'link-down' | 'stale' | 'flood' | 'quiet';

export interface FakeOptions {
  readonly scenario: Scenario;
  readonly preferences: Partial<Preferences>;
  readonly car: number;
  readonly position?: string | undefined;
  readonly seen: number;
}

type Answers = {
  readonly [Name in MethodName]: (
    input: Inputs[Name],
  ) => Result<Results[Name]> | Promise<Result<Results[Name]>>;
};

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** A main process that lives in the page: believable, deterministic data, and live changes in the `live` scenario. */
export const createFakeApi = (options: FakeOptions): VicoreApi => {
  const { scenario } = options;
  const now = Date.now();
  const empty = scenario === 'empty';
  const passes = new Map<string, Pass>(
    makePasses(now, empty ? 0 : 260, scenario !== 'ended' && scenario !== 'flood').map((pass) => [
      pass.id,
      pass,
    ]),
  );
  const vehicles = new Map<number, Vehicle>();
  if (!empty)
    for (let index = 1; index <= options.seen; index += 1)
      vehicles.set(index, vehicleAt(livePass, index, now));
  const first =
    empty || scenario === 'quiet'
      ? []
      : makeAlerts(now).filter(
          (alert) => (alert.vehicleIndex ?? 0) <= options.seen || alert.passId !== livePass,
        );
  const alerts = new Map<string, Alert>(
    [...first, ...(scenario === 'flood' ? manyAlerts(now, 5000) : [])].map((alert) => [alert.id, alert]),
  );
  let preferences: Preferences = {
    language: 'en',
    theme: 'dark',
    size: 'desk',
    notifyWarnings: false,
    ...options.preferences,
  };
  let context: WindowContext = {
    passId: empty ? undefined : livePass,
    vehicleIndex: empty ? undefined : options.car,
    position: options.position,
    following: true,
    number: 1,
    recovered: false,
  };
  let sequence = 100;
  const changeListeners = new Set<(batch: ChangeBatch) => void>();
  const contextListeners = new Set<(next: WindowContext) => void>();
  const preferenceListeners = new Set<(next: Preferences) => void>();

  const send = (changes: readonly Change[]): void => {
    const batch = { first: sequence + 1, changes };
    sequence += changes.length;
    for (const listener of changeListeners) listener(structuredClone(batch));
  };
  const status = () => makeStatus(Date.now(), scenario === 'offline', scenario === 'link-down');

  const detail = (passId: string): PassDetail | undefined => {
    const pass = passes.get(passId);
    if (pass === undefined) return undefined;
    const shown =
      passId === livePass
        ? [...vehicles.values()]
        : Array.from({ length: 36 }, (_, place) => vehicleAt(passId, place + 1, pass.startedAt, 1.2));
    return { pass, vehicles: shown, thresholds };
  };

  const ordered = (): Alert[] =>
    [...alerts.values()].sort(
      (left, right) =>
        Number(left.state === 'active-acknowledged') - Number(right.state === 'active-acknowledged') ||
        left.severity.localeCompare(right.severity) ||
        right.raisedAt - left.raisedAt,
    );

  const page = <T>(items: readonly T[], cursor: string | undefined, limit = 100) => {
    const from = Number(cursor ?? 0);
    const next = from + limit;
    return success({
      items: items.slice(from, next),
      cursor: next < items.length ? String(next) : undefined,
    });
  };

  const answers: Answers = {
    'session.current': () => success({ name: 'A. Martin', role: 'operator', workstation: 'RCC-FOLK-03' }),
    'passes.list': ({ cursor, limit, search }) =>
      page(
        [...passes.values()].filter((pass) => pass.trainNumber.includes(search ?? '')),
        cursor,
        limit,
      ),
    'passes.get': ({ passId }) => {
      const found = detail(passId);
      return found === undefined ? failure('not-found', 'no such pass') : success(found);
    },
    'passes.confirm': ({ passId, notes }) => {
      const pass = passes.get(passId);
      if (pass === undefined) return failure('not-found', 'no such pass');
      if (scenario === 'offline') return failure('database-away', 'the database cannot be reached');
      const waiting = [...alerts.values()].filter(
        (alert) => alert.passId === passId && alert.state.endsWith('unacknowledged'),
      );
      if (waiting.length > 0) return failure('unacknowledged-alerts', 'refused', { count: waiting.length });
      const confirmed: Pass = {
        ...pass,
        status: 'confirmed',
        confirmedBy: 'A. Martin',
        confirmedAt: Date.now(),
        notes,
      };
      passes.set(passId, confirmed);
      send([{ kind: 'pass', pass: confirmed }]);
      return success(confirmed);
    },
    'cars.get': ({ passId, vehicleIndex }) => {
      if (scenario === 'loading') return never();
      if (scenario === 'failed') return failure('internal', 'the local record cannot be read', undefined);
      const found = detail(passId);
      const vehicle = found?.vehicles.find((each) => each.index === vehicleIndex);
      if (found === undefined || vehicle === undefined) return failure('not-found', 'no such car');
      const earlier = passes.get(uuid(5));
      return success({
        pass: found.pass,
        vehicle,
        limits: thresholds.types[vehicle.vehicleType ?? ''] ?? unknownLimits,
        thresholds,
        previous:
          earlier === undefined || !vehicle.identified
            ? undefined
            : { pass: earlier, vehicle: vehicleAt(earlier.id, vehicleIndex, earlier.startedAt, 0.8) },
        alerts: [...alerts.values()].filter(
          (alert) => alert.passId === passId && alert.vehicleIndex === vehicleIndex,
        ),
        indices: found.vehicles.map((each) => each.index),
      });
    },
    'cars.history': () => success({ items: [] }),
    'springs.trend': ({ passId, vehicleIndex, position }) => {
      const vehicle = detail(passId)?.vehicles.find((each) => each.index === vehicleIndex);
      const limits = thresholds.types[vehicle?.vehicleType ?? ''] ?? unknownLimits;
      const next = random(vehicleIndex * 31 + position.charCodeAt(0));
      const spring = vehicle?.springs.find((each) => each.position === position);
      const points = Array.from({ length: 50 }, (_, place) => {
        const last = place === 49;
        const gap = [11, 12, 30].includes(place);
        const height = Math.round((219 - place * 0.35 + next() * 4) * 100);
        return {
          passId: last ? passId : uuid(60 - place),
          vehicleIndex,
          startedAt: now - (49 - place) * 5 * 3_600_000,
          heightCmm: last ? spring?.heightCmm : gap ? undefined : height,
          state: last
            ? spring?.state
            : gap
              ? ('unmeasured' as const)
              : height <= 19500
                ? ('warning' as const)
                : ('ok' as const),
        };
      });
      return success({ position, limits, points });
    },
    'springs.image': async ({ imageId }) => {
      if (scenario === 'offline') return failure('timeout', 'the camera system did not answer');
      return success({ mime: 'image/png', bytes: await springPicture(imageId) });
    },
    'alerts.list': ({ cursor, limit }) => page(ordered(), cursor, limit),
    'alerts.get': ({ alertId }) => {
      const alert = alerts.get(alertId);
      if (alert === undefined) return failure('not-found', 'no such alert');
      const event = { alertId, actor: 'system', workstation: 'RCC-FOLK-03', details: {} };
      return success({
        alert,
        events: [
          { ...event, at: alert.raisedAt, kind: 'raised' },
          { ...event, at: alert.raisedAt + 90, kind: 'notified' },
          ...(alert.acknowledgedAt === undefined
            ? []
            : [
                {
                  ...event,
                  at: alert.acknowledgedAt,
                  actor: alert.acknowledgedBy ?? '',
                  kind: 'acknowledged',
                },
              ]),
        ],
      });
    },
    'alerts.acknowledge': ({ alertId, comment }) => {
      const alert = alerts.get(alertId);
      if (alert === undefined) return failure('not-found', 'no such alert');
      if (alert.state === 'active-acknowledged') {
        return failure('already-acknowledged', 'refused', { acknowledgedBy: 'B. Lee', acknowledgedAt: now });
      }
      const next: Alert = {
        ...alert,
        state: alert.state === 'cleared-unacknowledged' ? 'closed' : 'active-acknowledged',
        acknowledgedBy: 'A. Martin',
        acknowledgedAt: Date.now(),
        comment,
        provisional: scenario === 'offline',
      };
      alerts.set(alertId, next);
      setTimeout(
        () =>
          send([
            { kind: 'alert', alert: next },
            { kind: 'counts', counts: countAlerts(alerts.values()) },
          ]),
        40,
      );
      return success(next);
    },
    'alerts.comment': ({ alertId, comment }) => {
      const alert = alerts.get(alertId);
      return alert === undefined ? failure('not-found', 'no such alert') : success({ ...alert, comment });
    },
    'monitoring.snapshot': ({ passId }) => {
      if (scenario === 'loading') return never();
      if (scenario === 'failed') return failure('internal', 'the local record cannot be read');
      return success({
        sequence,
        passes: [...passes.values()].slice(0, 100),
        alerts: ordered().slice(0, 200),
        counts: countAlerts(alerts.values()),
        status: status(),
        watched: passId === undefined ? undefined : detail(passId),
      });
    },
    'monitoring.received': () => success({}),
    'monitoring.rejected': () =>
      success({
        items: [
          {
            streamId: 'folk-1',
            seq: 8131,
            at: now - 40_000,
            reason: 'axle 5: the vehicle has 4 axles',
            text: '{"type":"springs.measured","seq":8131,"axle":5}',
          },
          {
            streamId: 'folk-1',
            seq: 8090,
            at: now - 900_000,
            reason: 'pass.started says something else than before',
            text: '{"type":"pass.started","seq":8090}',
          },
          {
            streamId: 'folk-2',
            at: now - 1_900_000,
            reason: 'not JSON',
            text: '<html><body>Proxy login</body></html>',
          },
        ],
      }),
    'windows.context': () => success(context),
    'windows.openCar': () => success({ number: 1 }),
    'windows.setContext': (next) => {
      context = { ...context, ...next };
      return success(context);
    },
    'preferences.get': () => success(preferences),
    'preferences.set': (next) => {
      preferences = { ...preferences, ...next };
      for (const listener of preferenceListeners) listener(preferences);
      return success(preferences);
    },
    'diagnostics.about': () =>
      success({
        application: '2.0.0',
        electron: '45.4.1',
        chromium: '144',
        node: '24.21.0',
        schema: 1,
        commit: 'f057381',
      }),
    'diagnostics.openLogs': () => success({ path: '/var/log/vicore' }),
    'setup.testDatabase': ({ hosts }) =>
      success(
        hosts.some((host) => host.startsWith('127.'))
          ? { reachable: true, message: 'PostgreSQL 18.4, schema 1, accepts writes' }
          : {
              reachable: false,
              message: `${hosts.join(', ')}: connection refused. Is the server running, and is the port right?`,
            },
      ),
    'setup.testCamera': ({ url }) =>
      success(
        url.includes('t1')
          ? { reachable: true, message: 'Folkestone T1, 2 cameras, events 1 to 8123' }
          : { reachable: false, message: '401: the token is not accepted' },
      ),
    'setup.save': () => success({ path: '/home/vicore/.config/vicore/vicore.config.json' }),
  };

  if (scenario !== 'stale' && scenario !== 'loading' && scenario !== 'failed') {
    setInterval(() => send([{ kind: 'status', status: status() }]), 2000);
  }
  if (scenario === 'live') {
    setInterval(() => {
      const index = vehicles.size + 1;
      if (index > 36) return;
      const vehicle = vehicleAt(livePass, index, Date.now());
      vehicles.set(index, vehicle);
      send([{ kind: 'vehicle', vehicle }]);
    }, 3000);
  }

  return {
    call: async (method, input) => structuredClone(await answers[method](input)),
    onChanges: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onContext: (listener) => {
      contextListeners.add(listener);
      return () => contextListeners.delete(listener);
    },
    onPreferences: (listener) => {
      preferenceListeners.add(listener);
      return () => preferenceListeners.delete(listener);
    },
  };
};
