import type { Alert, AlertCounts, Pass, StreamHealth, SystemStatus, Vehicle } from '../../contract/domain.ts';
import { blank, makeVehicle } from './springs.ts';
import type { Faults } from './springs.ts';

export const uuid = (number: number): string => `0b9f1c1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Every picture is taken at this moment unless it is live. */
export const livePass = uuid(1);

const faultsOf: Readonly<Record<number, Faults>> = {
  5: { '2La': { state: 'warning', heightCmm: 19420, confidence: 0.91 } },
  9: blank('1La', '1Lb', '2La', '2Lb'),
  12: {
    '3Rb': {
      state: 'critical',
      heightCmm: 17180,
      confidence: 0.93,
      defect: 'broken',
      defectConfidence: 0.93,
    },
    '3Ra': { state: 'warning', heightCmm: 19310, confidence: 0.88 },
    '1Lb': { state: 'warning', defect: 'displaced', defectConfidence: 0.71 },
  },
  14: blank('4Ra'),
  17: { '1Ra': { state: 'critical', heightCmm: undefined, defect: 'missing', defectConfidence: 0.97 } },
};

export const vehicleAt = (passId: string, index: number, at: number, shift = 0): Vehicle =>
  makeVehicle({
    passId,
    index,
    at,
    shift,
    axles: index === 20 ? 6 : index === 21 ? 8 : index === 22 ? 2 : 4,
    identified: index !== 16,
    faults: passId === livePass ? (faultsOf[index] ?? {}) : {},
  });

export const makePasses = (now: number, count: number, inProgress: boolean): Pass[] =>
  Array.from({ length: count }, (_, place): Pass => {
    const live = place === 0 && inProgress;
    const startedAt = now - 51_000 - place * 378_000;
    const states = ['critical', 'warning', 'ok', 'ok', 'unmeasured', 'ok', 'ok', 'ok'] as const;
    return {
      id: uuid(place + 1),
      streamId: place % 2 === 0 ? 'folk-1' : 'folk-2',
      site: 'Folkestone',
      siteTrack: place % 2 === 0 ? 'T1' : 'T2',
      track: place % 2 === 0 ? 'T1' : 'T2',
      trainNumber: String(6412 - place * 2 - (place % 2)),
      direction: place % 2 === 0 ? 'uk-fr' : 'fr-uk',
      startedAt,
      endedAt: live ? undefined : startedAt + 42_000,
      vehicleCount: live ? undefined : place === 0 ? 22 : 36,
      speedKmh: live ? undefined : 98.4,
      status: live ? 'in-progress' : place < 2 ? 'pending' : 'confirmed',
      aborted: place === 4,
      reopened: place === 1,
      state: states[place % states.length],
      thresholdVersion: 1,
      confirmedBy: place < 2 ? undefined : 'B. Lee',
      confirmedAt: place < 2 ? undefined : startedAt + 180_000,
      notes: place === 2 ? 'Camera wiped at 08:50, nothing else.' : undefined,
      revision: 8000 - place * 40,
    };
  });

const base = (
  number: number,
  now: number,
): Pick<Alert, 'id' | 'present' | 'raisedAt' | 'receivedAt' | 'provisional'> => ({
  id: uuid(90_000 + number),
  present: true,
  raisedAt: now - number * 9_000,
  receivedAt: now - number * 9_000 + 80,
  provisional: false,
});

export const makeAlerts = (now: number): Alert[] => {
  const train = { passId: livePass, trainNumber: '6412', track: 'T1' };
  const car12 = { ...train, vehicleIndex: 12, vehicleNumber: '9870 1156 512-2' };
  const other = { passId: uuid(2), trainNumber: '6409', track: 'T2' };
  return [
    {
      ...base(1, now),
      ...car12,
      position: '3Rb',
      rule: 'defect',
      defect: 'broken',
      severity: 'critical',
      state: 'active-unacknowledged',
      value: 0.93,
    },
    {
      ...base(2, now),
      ...car12,
      position: '3Rb',
      rule: 'height',
      severity: 'critical',
      state: 'active-unacknowledged',
      value: 17180,
      limit: 18000,
    },
    {
      ...base(2.2, now),
      ...car12,
      position: '3Ra',
      rule: 'height',
      severity: 'warning',
      state: 'active-unacknowledged',
      value: 19310,
      limit: 19500,
    },
    {
      ...base(2.4, now),
      ...car12,
      position: '1Lb',
      rule: 'defect',
      defect: 'displaced',
      severity: 'warning',
      state: 'active-unacknowledged',
      value: 0.71,
    },
    {
      ...base(0.4, now),
      ...train,
      vehicleIndex: 17,
      vehicleNumber: '9870 1221 517-7',
      position: '1Ra',
      rule: 'defect',
      defect: 'missing',
      severity: 'critical',
      state: 'active-unacknowledged',
      value: 0.97,
    },
    {
      ...base(3, now),
      ...train,
      vehicleIndex: 16,
      position: '3Rb',
      rule: 'height',
      severity: 'warning',
      state: 'cleared-unacknowledged',
      present: false,
      value: 19430,
      limit: 19500,
    },
    {
      ...base(4, now),
      ...train,
      vehicleIndex: 5,
      vehicleNumber: '9870 1065 505-5',
      position: '2La',
      rule: 'height',
      severity: 'warning',
      state: 'active-acknowledged',
      value: 19420,
      limit: 19500,
      acknowledgedBy: 'A. Martin',
      acknowledgedAt: now - 20_000,
      provisional: true,
      comment: 'Seen yesterday as well.',
    },
    {
      ...base(40, now),
      ...other,
      vehicleIndex: 31,
      vehicleNumber: '9870 1403 531-1',
      position: '2b',
      rule: 'asymmetry',
      severity: 'warning',
      state: 'active-acknowledged',
      value: 1320,
      limit: 1200,
      acknowledgedBy: 'B. Lee',
      acknowledgedAt: now - 200_000,
    },
    {
      ...base(41, now),
      ...other,
      rule: 'camera-blind',
      position: 'left',
      severity: 'critical',
      state: 'active-acknowledged',
      value: 0.62,
      limit: 0.5,
      acknowledgedBy: 'B. Lee',
      acknowledgedAt: now - 210_000,
    },
    {
      ...base(60, now),
      rule: 'data-gap',
      streamId: 'folk-2',
      severity: 'warning',
      state: 'active-acknowledged',
      value: 12,
      acknowledgedBy: 'B. Lee',
      acknowledgedAt: now - 300_000,
    },
  ];
};

/** For the long list: thousands of alerts of earlier trains. */
export const manyAlerts = (now: number, count: number): Alert[] =>
  Array.from({ length: count }, (_, place): Alert => ({
    ...base(100 + place, now),
    passId: uuid(3 + (place % 30)),
    trainNumber: String(6400 - (place % 30)),
    track: 'T1',
    vehicleIndex: 1 + (place % 36),
    vehicleNumber: `9870 ${1000 + place}`,
    position: `${1 + (place % 4)}La`,
    rule: 'height',
    severity: place % 7 === 0 ? 'critical' : 'warning',
    state: place % 3 === 0 ? 'active-acknowledged' : 'active-unacknowledged',
    value: 19000 + place,
    limit: 19500,
    acknowledgedBy: place % 3 === 0 ? 'B. Lee' : undefined,
    acknowledgedAt: place % 3 === 0 ? now - 1000 : undefined,
  }));

/** A flood as it comes: many alerts at once, of many vehicles. */
export const floodAlerts = (now: number, count: number): Alert[] =>
  manyAlerts(now, count).map((alert, place) => ({
    ...alert,
    vehicleNumber: `9870 ${1000 + (place % 1800)}`,
    state: 'active-unacknowledged',
    raisedAt: now + place,
    receivedAt: now + place,
    acknowledgedBy: undefined,
    acknowledgedAt: undefined,
  }));

/** What a shift leaves behind: on the shelf, escalated, known for days, in somebody's hands, judged. */
export const managedAlerts = (now: number): Alert[] => {
  const day = 86_400_000;
  const known = {
    since: now - 9 * day,
    times: 4,
    acknowledgedBy: 'B. Lee',
    acknowledgedAt: now - 2 * day,
  };
  const car = { vehicleIndex: 20, vehicleNumber: '9870 1260 520-0', position: '2Lb', rule: 'trend' } as const;
  const settled = { ...car, severity: 'warning', value: 640, limit: 600, known } as const;
  return [
    {
      ...base(70, now),
      ...settled,
      passId: uuid(2),
      trainNumber: '6409',
      track: 'T2',
      state: 'active-unacknowledged',
    },
    {
      ...base(170, now),
      ...settled,
      known: { ...known, times: 3 },
      passId: uuid(3),
      trainNumber: '6408',
      track: 'T1',
      vehicleIndex: 17,
      state: 'active-acknowledged',
      acknowledgedBy: 'B. Lee',
      acknowledgedAt: now - 1_200_000,
      owner: 'Alan Martin',
    },
    {
      ...base(71, now),
      passId: uuid(2),
      trainNumber: '6409',
      track: 'T2',
      vehicleIndex: 8,
      vehicleNumber: '9870 1104 508-4',
      position: '3b',
      rule: 'asymmetry',
      severity: 'critical',
      state: 'active-unacknowledged',
      value: 2140,
      limit: 2000,
      escalatedAt: now - 570_000,
    },
    {
      ...base(72, now),
      passId: uuid(2),
      trainNumber: '6409',
      track: 'T2',
      vehicleIndex: 11,
      vehicleNumber: '9870 1143 511-1',
      position: '1Ra',
      rule: 'conflict',
      severity: 'warning',
      state: 'active-unacknowledged',
      value: 1710,
      limit: 1500,
      shelvedUntil: now + 47 * 60_000,
      shelvedBy: 'Sophie Lambert',
      shelveReason: 'Camera F2R is being cleaned, back at ten',
    },
    {
      ...base(73, now),
      passId: uuid(2),
      trainNumber: '6409',
      track: 'T2',
      vehicleIndex: 25,
      vehicleNumber: '9870 1325 525-5',
      position: '4La',
      rule: 'height',
      severity: 'warning',
      state: 'active-acknowledged',
      value: 19210,
      limit: 19500,
      acknowledgedBy: 'Alan Martin',
      acknowledgedAt: now - 500_000,
      owner: 'Alan Martin',
      verdict: 'pending',
      comment: 'Inspection asked for at Coquelles.\nتم الفحص <b>not bold</b>',
    },
  ];
};

export const countAlerts = (alerts: Iterable<Alert>): AlertCounts => {
  const all = [...alerts].filter((alert) => alert.state !== 'closed');
  const waiting = all.filter((alert) => alert.state !== 'active-acknowledged');
  return {
    criticalUnacknowledged: waiting.filter((alert) => alert.severity === 'critical').length,
    warningUnacknowledged: waiting.filter((alert) => alert.severity === 'warning').length,
    acknowledged: all.length - waiting.length,
    shelved: all.filter((alert) => alert.shelvedUntil !== undefined).length,
  };
};

const stream = (track: 'T1' | 'T2', now: number): StreamHealth => ({
  url: `wss://cameras-${track.toLowerCase()}.example/stream`,
  streamId: track === 'T1' ? 'folk-1' : 'folk-2',
  site: 'Folkestone',
  track,
  link: 'live',
  since: now - 3_600_000,
  lastMessageAt: now - 300,
  lag: 0,
  clockSkewMs: 40,
  cameras: (['left', 'right'] as const).map((side) => ({
    id: `F${track[1] ?? ''}${side === 'left' ? 'L' : 'R'}`,
    name: `${side === 'left' ? 'Left' : 'Right'} ${track[1] ?? ''}`,
    side,
    status: track === 'T2' && side === 'right' ? 'degraded' : 'ok',
    since: now - 3_600_000,
    fps: track === 'T2' && side === 'right' ? 11 : 25,
    temperatureC: 34,
    lastFrameAt: now - 300,
  })),
});

export const makeStatus = (now: number, offline: boolean, linkDown: boolean): SystemStatus => ({
  at: now,
  workstation: 'RCC-FOLK-03',
  timeZone: 'Europe/London',
  sites: [],
  streams: [
    linkDown
      ? { ...stream('T1', now), link: 'down', lastMessageAt: now - 48_000, reason: 'no answer for 15 s' }
      : stream('T1', now),
    stream('T2', now),
  ],
  database: offline
    ? {
        state: 'away',
        host: '10.2.0.4:5432',
        asOf: now - 184_000,
        nextRetryAt: now + 7_000,
        reason: 'connection refused',
      }
    : { state: 'connected', host: '10.2.0.4:5432', asOf: now - 400, writer: 'FOLK-01' },
  journalEntries: offline ? 1284 : 0,
  rejectedCount: 3,
  warnings: [],
});
