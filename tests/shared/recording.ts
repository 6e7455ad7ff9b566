import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Alert, AlertState, Defect, Rule, Severity, State } from '../../contract/domain.ts';
import { parseMessage } from '../../main/camera/protocol.ts';
import type { JournalEntry } from '../../main/passes/events.ts';
import type { PassRecord, Rejection, VehicleRecord } from '../../main/passes/ports.ts';

export interface ExpectedSpring {
  readonly state: State | null;
  readonly height: number | null;
  readonly defect: Defect | null;
}

export interface ExpectedVehicle {
  readonly index: number;
  readonly number: string | null;
  readonly type: string | null;
  readonly axles: number | null;
  readonly leadingEnd: 'A' | 'B' | null;
  readonly identified: boolean;
  readonly blank: number;
  readonly state: State | null;
  readonly springs: Readonly<Record<string, ExpectedSpring>>;
}

export interface ExpectedPass {
  readonly id: string;
  readonly trainNumber: string;
  readonly status: string;
  readonly aborted: boolean;
  readonly state: State | null;
  readonly vehicles: readonly ExpectedVehicle[];
}

export interface ExpectedAlert {
  readonly id: string;
  readonly passId: string | null;
  readonly vehicleIndex: number | null;
  readonly position: string | null;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly state: AlertState;
}

export interface Expected {
  readonly passes: readonly ExpectedPass[];
  readonly alerts: readonly ExpectedAlert[];
  readonly rejectedSeqs: readonly number[];
}

export type RecordingName = 'plain' | 'rough';

const read = (name: RecordingName, file: string): string =>
  gunzipSync(readFileSync(new URL(`../recordings/${name}/${file}`, import.meta.url))).toString('utf8');

/** The wire messages as they were sent, in order. */
export function recordedTexts(
  name: RecordingName,
): readonly { readonly seq: number; readonly text: string }[] {
  return read(name, 'stream.jsonl.gz')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { seq, t } = JSON.parse(line) as { seq: number; t: string };
      return { seq, text: t };
    });
}

export const expectedRecord = (name: RecordingName): Expected =>
  normalise(JSON.parse(read(name, 'expected.json.gz')) as Expected);

/** The journal that a client without any fault on its link would have written. */
export function recordedEntries(name: RecordingName, streamId: string = name): JournalEntry[] {
  const entries: JournalEntry[] = [
    {
      kind: 'stream',
      streamId,
      receivedAt: 0,
      info: { streamId, site: 'Folkestone', track: 'T1', cameras: [] },
    },
  ];
  for (const { seq, text } of recordedTexts(name)) {
    const parsed = parseMessage(text);
    const common = { streamId, receivedAt: seq, text };
    if (parsed.kind === 'event') entries.push({ ...common, kind: 'event', seq, event: parsed.event });
    else if (parsed.kind === 'rejected') {
      entries.push({ ...common, kind: 'rejected', seq: parsed.seq, reason: parsed.reason });
    } else throw new Error(`a recording holds no ${parsed.kind}`);
  }
  return entries;
}

const byKey =
  <T>(keyOf: (item: T) => string | number) =>
  (left: T, right: T): number =>
    keyOf(left) < keyOf(right) ? -1 : 1;

/** Sorted and plain, so that two records can be compared whatever their order. */
export function normalise({ passes, alerts, rejectedSeqs }: Expected): Expected {
  return {
    passes: passes
      .map((pass) => ({ ...pass, vehicles: pass.vehicles.toSorted(byKey((vehicle) => vehicle.index)) }))
      .toSorted(byKey((pass) => pass.id)),
    alerts: alerts.toSorted(byKey((alert) => alert.id)),
    rejectedSeqs: rejectedSeqs.toSorted((left, right) => left - right),
  };
}

/** What a store has, in the form of `expected.json`. */
export function asExpected(
  passes: readonly PassRecord[],
  vehicles: readonly VehicleRecord[],
  alerts: readonly Alert[],
  rejections: readonly Rejection[],
): Expected {
  return normalise({
    passes: passes.map((pass) => ({
      id: pass.id,
      trainNumber: pass.trainNumber,
      status: pass.status,
      aborted: pass.aborted,
      state: pass.state ?? null,
      vehicles: vehicles.filter((vehicle) => vehicle.passId === pass.id).map(expectedVehicle),
    })),
    alerts: alerts.map((alert) => ({
      id: alert.id,
      passId: alert.passId ?? null,
      vehicleIndex: alert.vehicleIndex ?? null,
      position: alert.position ?? null,
      rule: alert.rule,
      severity: alert.severity,
      state: alert.state,
    })),
    rejectedSeqs: rejections.flatMap(({ seq }) => (seq === undefined ? [] : [seq])),
  });
}

const expectedVehicle = (vehicle: VehicleRecord): ExpectedVehicle => ({
  index: vehicle.index,
  number: vehicle.vehicleNumber ?? null,
  type: vehicle.vehicleType ?? null,
  // An unidentified vehicle's axle count is how far it was measured, not a fact about it.
  axles: vehicle.identified ? vehicle.axles : null,
  leadingEnd: vehicle.leadingEnd ?? null,
  identified: vehicle.identified,
  blank: vehicle.blankCount,
  state: vehicle.state ?? null,
  springs: Object.fromEntries(
    vehicle.springs.map(({ position, state, heightCmm, defect }) => [
      position,
      { state: state ?? null, height: heightCmm ?? null, defect: defect ?? null },
    ]),
  ),
});
