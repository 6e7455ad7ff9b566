import type {
  Alert,
  Pass,
  Session,
  SoundState,
  Spring,
  SystemStatus,
  ThresholdSet,
  Vehicle,
} from '../../contract/domain.ts';
import type { Snapshot } from '../../contract/changes.ts';

/** Small valid values for the unit tests of the live store; `changed` replaces what a test is about. */
export const aPass = (id: string, changed: Partial<Pass> = {}): Pass => ({
  id,
  streamId: 'stream',
  site: 'Folkestone',
  siteTrack: 'T1',
  track: 'T1',
  trainNumber: '6412',
  direction: 'uk-fr',
  startedAt: 1000,
  status: 'in-progress',
  aborted: false,
  thresholdVersion: 1,
  reopened: false,
  revision: 10,
  ...changed,
});

export const aSpring = (position: string, changed: Partial<Spring> = {}): Spring => ({
  position,
  state: 'ok',
  heightCmm: 22000,
  confidence: 0.9,
  defect: 'none',
  ...changed,
});

export const aVehicle = (passId: string, index: number, changed: Partial<Vehicle> = {}): Vehicle => ({
  passId,
  index,
  identified: true,
  vehicleNumber: `9870 ${index}`,
  vehicleType: 'carrier-truck',
  axles: 1,
  leadingEnd: 'A',
  state: 'ok',
  blankCount: 0,
  springs: ['1La', '1Lb', '1Ra', '1Rb'].map((position) => aSpring(position)),
  ...changed,
});

export const anAlert = (id: string, changed: Partial<Alert> = {}): Alert => ({
  id,
  passId: 'p1',
  vehicleIndex: 1,
  position: '1La',
  rule: 'height',
  severity: 'warning',
  state: 'active-unacknowledged',
  present: true,
  raisedAt: 1000,
  receivedAt: 1000,
  provisional: false,
  ...changed,
});

const thresholds: ThresholdSet = {
  version: 1,
  effectiveAt: 0,
  createdBy: 'system',
  reason: '',
  minConfidence: 0.6,
  sureConfidence: 0.8,
  conflictCmm: 1500,
  incomplete: 3,
  unseenPasses: 3,
  blindShare: 0.5,
  types: {},
};

export const aStatus = (at: number): SystemStatus => ({
  at,
  workstation: 'RCC-1',
  timeZone: 'Europe/London',
  streams: [],
  sites: [],
  database: { state: 'connected' },
  journalEntries: 0,
  rejectedCount: 0,
  warnings: [],
});

export const aSound = (changed: Partial<SoundState> = {}): SoundState => ({
  volume: 0.8,
  device: 'ok',
  ...changed,
});

export const aSnapshot = (
  sequence: number,
  passes: readonly Pass[],
  vehicles: readonly Vehicle[] = [],
): Snapshot => {
  const [first] = passes;
  return {
    sequence,
    passes,
    alerts: [],
    counts: { criticalUnacknowledged: 0, warningUnacknowledged: 0, acknowledged: 0, shelved: 0 },
    status: aStatus(1000),
    sound: aSound(),
    watched: first === undefined ? undefined : { pass: first, vehicles, thresholds },
  };
};

export const aSession = (changed: Partial<Session> = {}): Session => ({
  state: 'signed-in',
  signingIn: false,
  configured: true,
  name: 'Alan Martin',
  subject: 'alan',
  role: 'operator',
  ownRole: 'operator',
  workstation: 'RCC-1',
  since: 1000,
  sessionOnly: false,
  ...changed,
});
