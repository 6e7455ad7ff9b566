import type { PassDetail } from '../../contract/changes.ts';
import type { Pass, Vehicle } from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import { alertWorldOf } from './alert-world.ts';
import { never, page } from './fake-main.ts';
import type { FakeMain, Part } from './fake-main.ts';
import { springPicture } from './picture.ts';
import { random, thresholds, unknownLimits } from './springs.ts';
import { livePass, makePasses, makeStatus, uuid, vehicleAt } from './world.ts';

/** What comes by itself: the status every two seconds, and in the `live` scenario the cars of the train. */
const startTraffic = (main: FakeMain, vehicles: Map<number, Vehicle>): void => {
  const { scenario } = main.options;
  if (scenario !== 'stale' && scenario !== 'loading' && scenario !== 'failed') {
    const status = () => makeStatus(Date.now(), scenario === 'offline', scenario === 'link-down');
    setInterval(() => main.send([{ kind: 'status', status: status() }]), 2000);
  }
  if (scenario !== 'live') return;
  setInterval(() => {
    const index = vehicles.size + 1;
    if (index > 36) return;
    const vehicle = vehicleAt(livePass, index, Date.now());
    vehicles.set(index, vehicle);
    main.send([{ kind: 'vehicle', vehicle }]);
  }, 3000);
};

/** Passes, cars, springs, alerts, monitoring: believable, deterministic data, and live changes in the `live` scenario. */
export const liveAnswers: Part = (main) => {
  const { options, startedAt: now, send } = main;
  const { scenario } = options;
  const empty = scenario === 'empty';
  const passes = new Map<string, Pass>(
    makePasses(
      now,
      empty ? 0 : 260,
      scenario !== 'ended' && scenario !== 'flood' && scenario !== 'flood-live',
    ).map((pass) => [pass.id, pass]),
  );
  const vehicles = new Map<number, Vehicle>();
  if (!empty)
    for (let index = 1; index <= options.seen; index += 1)
      vehicles.set(index, vehicleAt(livePass, index, now));
  const { alerts, ordered, counts } = alertWorldOf(main);
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

  startTraffic(main, vehicles);
  return {
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
        confirmedBy: main.session().name,
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
    'monitoring.snapshot': ({ passId }) => {
      if (scenario === 'loading') return never();
      if (scenario === 'failed') return failure('internal', 'the local record cannot be read');
      return success({
        sequence: main.sequence(),
        passes: [...passes.values()].slice(0, 100),
        alerts: ordered().slice(0, 200),
        counts: counts(),
        status: status(),
        sound: main.sound,
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
  };
};
