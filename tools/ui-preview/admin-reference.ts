import type {
  Camera,
  CameraStatusChange,
  RejectedMessage,
  Setting,
  Site,
  State,
  ThresholdSet,
  ThresholdVersion,
  TypeLimits,
  VehicleType,
} from '../../contract/domain.ts';
import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { ThresholdTrialChange } from '../../contract/results.ts';
import { never, page } from './fake-main.ts';
import type { Part } from './fake-main.ts';
import { livePass } from './world.ts';

const day = 86_400_000;

const limits = (
  [criticalLow, warningLow, warningHigh, criticalHigh]: readonly [number, number, number, number],
  [warning, critical]: readonly [number, number],
): TypeLimits => ({
  criticalLowCmm: criticalLow * 100,
  warningLowCmm: warningLow * 100,
  warningHighCmm: warningHigh * 100,
  criticalHighCmm: criticalHigh * 100,
  asymmetryWarningCmm: warning * 100,
  asymmetryCriticalCmm: critical * 100,
  window: 10,
  minHistory: 5,
  dropCmm: 600,
  axles: 4,
});

const first: ThresholdSet = {
  version: 1,
  effectiveAt: 0,
  createdBy: 'system',
  reason: 'Default thresholds',
  minConfidence: 0.6,
  sureConfidence: 0.8,
  conflictCmm: 1500,
  incomplete: 3,
  unseenPasses: 3,
  blindShare: 0.5,
  types: {
    'carrier-truck': limits([180, 195, 265, 280], [12, 20]),
    'carrier-car': limits([185, 200, 260, 275], [12, 20]),
    loader: limits([175, 190, 270, 285], [14, 22]),
    'club-car': limits([190, 205, 255, 270], [10, 16]),
  },
};

const later = (now: number): readonly ThresholdVersion[] => {
  const second: ThresholdVersion = {
    ...first,
    savedAt: now - 36 * day,
    version: 2,
    effectiveAt: now - 34 * day,
    createdBy: 'Dora Okafor',
    reason: 'Values of the rolling-stock department, note RS-118 of October; truck carriers after inspection',
    types: { ...first.types, 'carrier-truck': limits([182, 197, 263, 278], [11, 18]) },
  };
  const third: ThresholdVersion = {
    ...second,
    savedAt: now - 3 * day,
    version: 3,
    effectiveAt: now - 3 * day,
    createdBy: 'Dora Okafor',
    reason: 'Fewer contradictions since the cameras of T2 were adjusted',
    conflictCmm: 1200,
  };
  const fourth: ThresholdVersion = {
    ...third,
    savedAt: now - day,
    version: 4,
    effectiveAt: now + 2 * day,
    createdBy: 'Marc Dubois',
    reason: 'Winter timetable',
    types: { ...third.types, loader: limits([176, 192, 268, 284], [14, 22]) },
  };
  return [fourth, third, second, first];
};

const typesMet = (now: number): readonly VehicleType[] => [
  {
    code: 'carrier-single-deck',
    hasLimits: false,
    seen: 36,
    lastSeenAt: now - 2 * 3_600_000,
    vehicleNumbers: ['9870 5521', '9870 5522', '9870 5527'],
    revision: 0,
  },
  ...(
    [
      ['carrier-truck', 'Truck carrier', 11_840],
      ['carrier-car', 'Car carrier', 8_912],
      ['loader', 'Loader', 2_210],
      ['club-car', 'Club car', 370],
    ] as const
  ).map(([code, name, seen]): VehicleType => ({
    code,
    name,
    axles: 4,
    hasLimits: true,
    seen,
    lastSeenAt: now - 60_000,
    vehicleNumbers: ['9870 1034', '9870 1035', '9870 1041'],
    revision: 1,
  })),
  { code: 'shunter', name: 'Shunter', axles: 2, hasLimits: false, seen: 0, vehicleNumbers: [], revision: 1 },
];

const siteList: readonly Site[] = [
  {
    site: 'Folkestone',
    track: 'T1',
    streamId: 'folk-1',
    name: 'Folkestone, track 1',
    timeZone: 'Europe/London',
    revision: 2,
  },
  { site: 'Folkestone', track: 'T2', streamId: 'folk-2', revision: 0 },
];

const cameraList = (now: number): readonly Camera[] =>
  (['F1L', 'F1R', 'F2L', 'F2R'] as const).map((id, place): Camera => ({
    streamId: place < 2 ? 'folk-1' : 'folk-2',
    id,
    site: 'Folkestone',
    track: place < 2 ? 'T1' : 'T2',
    side: place % 2 === 0 ? 'left' : 'right',
    name: `Camera ${id}`,
    givenName: place === 0 ? 'Portal, sea side' : undefined,
    status: place === 3 ? 'degraded' : place === 2 ? 'offline' : 'ok',
    statusAt: now - (place + 1) * 5_400_000,
    revision: place === 0 ? 1 : 0,
  }));

const historyOf = (now: number): readonly CameraStatusChange[] =>
  Array.from({ length: 180 }, (_, place) => {
    const at = now - place * 9_400_000;
    const status = (['ok', 'degraded', 'ok', 'offline'] as const)[place % 4] ?? 'ok';
    return { status, at, receivedAt: at + 300, workstation: place % 5 === 0 ? 'RCC-COQ-01' : 'RCC-FOLK-03' };
  });

const rejectedMessages = (now: number): readonly RejectedMessage[] => [
  {
    streamId: 'folk-1',
    seq: 8131,
    at: now - 40_000,
    reason: 'axle 5: the vehicle has 4 axles',
    text: '{"type":"springs.measured","seq":8131,"axle":5}',
  },
  {
    streamId: 'folk-2',
    at: now - 1_900_000,
    reason: 'not JSON',
    text: '<html><script>alert(1)</script><body>Proxy login</body></html>',
  },
];

const settingList = (now: number): readonly Setting[] => [
  {
    key: 'alerts.escalateAfterSeconds',
    value: 45,
    sharedValue: 60,
    fixedByConfiguration: true,
    revision: 0,
  },
  { key: 'alerts.soundAgainSeconds', value: 60, sharedValue: 60, fixedByConfiguration: false, revision: 0 },
  {
    key: 'cache.days',
    value: 14,
    sharedValue: 14,
    fixedByConfiguration: false,
    updatedBy: 'Marc Dubois',
    updatedAt: now - 20 * day,
    reason: 'Two weeks without the link during the works in the tunnel',
    revision: 3,
  },
  {
    key: 'retention.measurementMonths',
    value: 25,
    sharedValue: 25,
    fixedByConfiguration: false,
    revision: 0,
  },
  { key: 'session.lockAfterMinutes', value: 0, sharedValue: 0, fixedByConfiguration: false, revision: 0 },
];

/** A plausible trial: the more the lower warning limit of truck carriers rises, the more springs warn. */
const trialOf = (warningLowCmm: number, passes: number, now: number) => {
  const more = Math.max(0, Math.round((warningLowCmm - 19_700) / 4));
  const before: Record<State, number> = { critical: 3, warning: 41, ok: passes * 570, unmeasured: 212 };
  const changed = Array.from({ length: Math.min(100, more) }, (_, place): ThresholdTrialChange => ({
    passId: livePass,
    trainNumber: String(6412 - place),
    startedAt: now - place * 380_000,
    vehicleIndex: 1 + (place % 36),
    vehicleNumber: `9870 ${1034 + place}`,
    position: `${1 + (place % 4)}${place % 2 === 0 ? 'L' : 'R'}${place % 3 === 0 ? 'a' : 'b'}`,
    heightCmm: warningLowCmm - 20 - place,
    from: 'ok',
    to: 'warning',
  }));
  const after = { ...before, warning: before.warning + more, ok: before.ok - more };
  return { passes, before, after, changed, changedCount: more };
};

/** Thresholds, vehicle types, cameras and settings; `?other=saves` lets another admin be faster. */
export const referenceAnswers: Part = ({ options, startedAt: now, send, session }) => {
  const { scenario } = options;
  let versions = later(now);
  let types = typesMet(now);
  let sites = siteList;
  let cameras = cameraList(now);
  let shared = settingList(now);
  let othersSaves =
    new URL(String(Reflect.get(globalThis, 'location'))).searchParams.get('other') === 'saves';

  /** What reads answer in the scenarios where nothing can be read. */
  const reading = <T>(answer: () => Result<T>): Result<T> | Promise<Result<T>> => {
    if (scenario === 'loading') return never<Result<T>>();
    if (scenario === 'failed') return failure('internal', 'the preview fails');
    if (scenario === 'offline') return failure('database-away', 'the database is away');
    return answer();
  };
  const list = <T>(
    items: readonly T[],
    { cursor, limit }: { cursor?: string | undefined; limit?: number | undefined },
  ) => reading(() => page(scenario === 'empty' ? [] : items, cursor, limit));
  const away = () => failure('database-away', 'the database is away');
  const tell = (about: 'threshold' | 'vehicle-type' | 'site' | 'camera' | 'setting'): void =>
    send([{ kind: 'reference', about }]);

  return {
    'admin.listThresholds': (input) => list(versions, input),
    'admin.tryThresholds': ({ values, passes }) =>
      scenario === 'offline'
        ? away()
        : success(trialOf(values.types['carrier-truck']?.warningLowCmm ?? 0, passes, now)),
    'admin.saveThresholds': ({ base, values, reason, effectiveAt }) => {
      if (scenario === 'offline') return away();
      const [newest = first] = versions;
      if (othersSaves) {
        othersSaves = false;
        const theirs: ThresholdVersion = {
          ...newest,
          savedAt: Date.now(),
          version: newest.version + 1,
          effectiveAt: Date.now(),
          createdBy: 'Marc Dubois',
          reason: 'Truck carriers: the lower warning limit after the inspection of 20 November',
          incomplete: 4,
          types: { ...newest.types, 'carrier-truck': limits([182, 199, 263, 278], [11, 18]) },
        };
        versions = [theirs, ...versions];
        tell('threshold');
        return failure('conflict', 'somebody was faster', { current: theirs });
      }
      if (base !== newest.version) return failure('conflict', 'somebody was faster', { current: newest });
      const saved: ThresholdVersion = {
        ...values,
        savedAt: Date.now(),
        version: newest.version + 1,
        effectiveAt: effectiveAt ?? Date.now(),
        createdBy: session().name,
        reason,
      };
      versions = [saved, ...versions];
      tell('threshold');
      return success(saved);
    },
    'admin.listVehicleTypes': (input) => list(types, input),
    'admin.saveVehicleType': ({ code, name, axles, revision }) => {
      const known = types.find((each) => each.code === code);
      if (known === undefined) return failure('not-found', 'no such type');
      if (known.revision !== revision) return failure('conflict', 'somebody was faster', { current: known });
      const saved = { ...known, name, axles, revision: revision + 1 };
      types = types.map((each) => (each.code === code ? saved : each));
      tell('vehicle-type');
      return success(saved);
    },
    'admin.listSites': (input) => list(sites, input),
    'admin.saveSite': ({ site, track, name, timeZone, revision }) => {
      const known = sites.find((each) => each.site === site && each.track === track);
      if (known === undefined) return failure('not-found', 'no such site');
      if (known.revision !== revision) return failure('conflict', 'somebody was faster', { current: known });
      const saved = { ...known, name, timeZone, revision: revision + 1 };
      sites = sites.map((each) => (each === known ? saved : each));
      tell('site');
      return success(saved);
    },
    'admin.listCameras': (input) => list(cameras, input),
    'admin.saveCamera': ({ streamId, cameraId, givenName, revision }) => {
      const known = cameras.find((each) => each.streamId === streamId && each.id === cameraId);
      if (known === undefined) return failure('not-found', 'no such camera');
      if (known.revision !== revision) return failure('conflict', 'somebody was faster', { current: known });
      const saved = { ...known, givenName, revision: revision + 1 };
      cameras = cameras.map((each) => (each === known ? saved : each));
      tell('camera');
      return success(saved);
    },
    'admin.cameraHistory': (input) => list(historyOf(now), input),
    'monitoring.rejected': (input) => list(rejectedMessages(now), input),
    'admin.listSettings': () => list(shared, {}),
    'admin.saveSetting': ({ key, value, reason, revision }) => {
      const known = shared.find((each) => each.key === key);
      if (known === undefined) return failure('not-found', 'no such setting');
      const touched = { updatedBy: session().name, updatedAt: Date.now(), reason };
      if (othersSaves) {
        othersSaves = false;
        const theirs = {
          ...known,
          ...touched,
          updatedBy: 'Marc Dubois',
          sharedValue: value + 5,
          revision: revision + 1,
        };
        shared = shared.map((each) => (each === known ? theirs : each));
        tell('setting');
        return failure('conflict', 'somebody was faster', { current: theirs });
      }
      if (known.revision !== revision) return failure('conflict', 'somebody was faster', { current: known });
      const saved = { ...known, ...touched, value, sharedValue: value, revision: revision + 1 };
      shared = shared.map((each) => (each === known ? saved : each));
      tell('setting');
      return success(saved);
    },
  };
};
