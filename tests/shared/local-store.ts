import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alert, Pass, Spring, ThresholdSet } from '../../contract/domain.ts';
import { parseMessage } from '../../main/camera/protocol.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import type {
  AlertTransition,
  FoldOutcome,
  PassRecord,
  SharedRows,
  VehicleRecord,
} from '../../main/passes/ports.ts';
import { createLocalStore } from '../../main/sqlite/local-store.ts';
import type { LocalStore } from '../../main/sqlite/local-store.ts';
import type { StoreWarning } from '../../main/sqlite/protocol.ts';
import { positionCode } from '../../main/springs/position.ts';

export const workerUrl = new URL('../../main/sqlite/worker.ts', import.meta.url);

export const decodeEvent = (text: string) => {
  const parsed = parseMessage(text);
  return parsed.kind === 'event' ? parsed.event : undefined;
};

export interface TestStore {
  readonly directory: string;
  readonly warnings: StoreWarning[];
  readonly slow: string[];
  open(): Promise<LocalStore>;
  remove(): void;
}

/** A directory of its own, opened as often as the test wants. */
export function testStore(directory = mkdtempSync(join(tmpdir(), 'vicore-sqlite-'))): TestStore {
  const warnings: StoreWarning[] = [];
  const slow: string[] = [];
  return {
    directory,
    warnings,
    slow,
    open: () =>
      createLocalStore({
        directory,
        workerUrl,
        workstation: 'TEST-01',
        decodeEvent,
        ballastBytes: 65_536,
        onWarning: (warning) => warnings.push(warning),
        onSlow: (name) => slow.push(name),
      }),
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const passIdOf = (number: number): string =>
  `0b9f1c1e-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

export function eventEntry(seq: number, streamId = 'stream-1'): JournalEntry {
  const text = JSON.stringify({
    type: 'pass.aborted',
    seq,
    at: '2026-11-21T09:14:02.120Z',
    passId: passIdOf(seq),
    reason: `signal at danger ${seq}`,
  });
  const event = decodeEvent(text);
  if (event === undefined) throw new Error('the test event is not valid');
  return { kind: 'event', streamId, receivedAt: 1_000 + seq, seq, event, text };
}

export function passRecord(number: number, fields: Partial<PassRecord> = {}): PassRecord {
  return {
    id: passIdOf(number),
    streamId: 'stream-1',
    site: 'Folkestone',
    siteTrack: 'T1',
    track: 'T1',
    trainNumber: String(6000 + number),
    direction: 'uk-fr',
    startedAt: number * 1_000,
    endedAt: number * 1_000 + 500,
    vehicleCount: 1,
    speedKmh: 80.5,
    status: 'pending',
    aborted: false,
    state: 'ok',
    thresholdVersion: 1,
    reopened: false,
    revision: number,
    work: { lastAt: number },
    ...fields,
  };
}

export const springsOf = (axles: number, measuredAt: number, fields: Partial<Spring> = {}): Spring[] =>
  Array.from({ length: axles * 4 }, (_, index) => ({
    position: positionCode(index),
    state: 'ok' as const,
    heightCmm: 22_000 + index,
    confidence: 0.97,
    defect: 'none' as const,
    imageId: `image-${measuredAt}-${index}`,
    cameraId: index % 4 < 2 ? 'F1L' : 'F1R',
    measuredAt,
    ...fields,
  }));

export function vehicleRecord(
  pass: Pick<Pass, 'id' | 'startedAt'>,
  index: number,
  fields: Partial<VehicleRecord> = {},
): VehicleRecord {
  return {
    passId: pass.id,
    index,
    identified: true,
    vehicleNumber: `9870 ${index}`,
    vehicleType: 'club-car',
    axles: 4,
    leadingEnd: 'A',
    state: 'ok',
    blankCount: 0,
    springs: springsOf(4, pass.startedAt),
    relativeCmm: Array.from({ length: 16 }, (_, position) => position - 8),
    blindSides: [],
    contradicted: false,
    work: { held: [] },
    ...fields,
  };
}

export function transition(
  pass: Pick<Pass, 'id' | 'trainNumber'>,
  seq: number,
  fields: Partial<AlertTransition> = {},
): AlertTransition {
  return {
    alertId: `a1e27000-0000-5000-8000-${pass.id.slice(-12)}`,
    passId: pass.id,
    vehicleIndex: 1,
    position: '3Rb',
    rule: 'height',
    severity: 'warning',
    present: true,
    value: 17_000,
    limit: 18_000,
    kind: 'raised',
    streamId: 'stream-1',
    seq,
    at: seq * 1_000,
    receivedAt: seq * 1_000 + 5,
    trainNumber: pass.trainNumber,
    track: 'T1',
    vehicleNumber: '9870 1',
    ...fields,
  };
}

export const outcome = (fields: Partial<FoldOutcome>): FoldOutcome => ({
  streams: [],
  passes: [],
  vehicles: [],
  transitions: [],
  rejections: [],
  notes: [],
  ...fields,
});

export const sharedRows = (fields: Partial<SharedRows>): SharedRows => ({
  passes: [],
  vehicles: [],
  alerts: [],
  alertEvents: [],
  thresholds: [] as ThresholdSet[],
  rejected: [],
  streams: [],
  cursor: 'cursor-1',
  reset: false,
  ...fields,
});

export const act = (actor: string, at: number) => ({
  actor,
  subject: actor.toLowerCase(),
  role: 'operator',
  workstation: 'TEST-01',
  at,
  correlationId: `correlation-${at}`,
});

export async function alertOf(store: LocalStore, alertId: string): Promise<Alert> {
  const detail = await store.getAlert(alertId);
  if (detail === undefined) throw new Error(`no alert ${alertId}`);
  return detail.alert;
}
