import type { Defect } from '../../contract/domain.ts';
import type { JournalEntry, StreamEvent } from '../../main/passes/events.ts';
import type { Measurement } from '../../main/springs/measurement.ts';

type Unsequenced<Event extends StreamEvent = StreamEvent> = Event extends StreamEvent
  ? Omit<Event, 'seq' | 'at' | 'passId'>
  : never;

export const passA = '0b9f1c1e-0000-4000-8000-00000000000a';
export const passB = '0b9f1c1e-0000-4000-8000-00000000000b';
export const startOfTime = Date.UTC(2026, 10, 21, 9);

export interface Script {
  /** Appends an event, `afterMs` later than the one before. */
  say(event: Unsequenced, passId?: string, afterMs?: number): number;
  start(passId?: string): number;
  identify(index: number, options?: Partial<Extract<Unsequenced, { type: 'vehicle.identified' }>>): number;
  measure(index: number, measurements: readonly Measurement[], passId?: string): number;
  complete(vehicleCount: number, passId?: string): number;
  readonly entries: JournalEntry[];
}

/** Writes what a camera system might have sent, with `seq` and times filled in. */
export function createScript(streamId = 'stream'): Script {
  const info = { streamId, site: 'Folkestone', track: 'T1', cameras: [] };
  const entries: JournalEntry[] = [{ kind: 'stream', streamId, receivedAt: startOfTime, info }];
  let seq = 0;
  let at = startOfTime;
  const script: Script = {
    entries,
    say(event, passId = passA, afterMs = 100) {
      seq += 1;
      at += afterMs;
      entries.push({
        kind: 'event',
        streamId,
        seq,
        receivedAt: at,
        event: { ...event, seq, at, passId } as StreamEvent,
        text: `message ${seq}`,
      });
      return seq;
    },
    start: (passId) =>
      script.say({ type: 'pass.started', trainNumber: '6412', track: 'T1', direction: 'uk-fr' }, passId),
    identify: (index, options) =>
      script.say({
        type: 'vehicle.identified',
        index,
        vehicleNumber: `9870 ${1000 + index}`,
        vehicleType: 'carrier-truck',
        axles: 4,
        leadingEnd: 'A',
        ...options,
      }),
    measure: (index, measurements, passId) =>
      script.say({ type: 'springs.measured', index, cameraId: 'F1', measurements }, passId),
    complete: (vehicleCount, passId) =>
      script.say({ type: 'pass.completed', vehicleCount, speedKmh: 100 }, passId),
  };
  return script;
}

/** A sure, unremarkable measurement of running position (axle, left, lead) unless said otherwise. */
export const measured = (
  overrides: Partial<Measurement> & { readonly defect?: Defect } = {},
): Measurement => ({
  axle: 1,
  side: 'left',
  nest: 'lead',
  heightCmm: 23_000,
  confidence: 0.95,
  defect: 'none',
  ...overrides,
});

/** Every position of a vehicle once, as `measured` says. */
export function wholeVehicle(axles = 4, overrides: Partial<Measurement> = {}): Measurement[] {
  const all: Measurement[] = [];
  for (let axle = 1; axle <= axles; axle += 1) {
    for (const side of ['left', 'right'] as const) {
      for (const nest of ['lead', 'trail'] as const) all.push(measured({ ...overrides, axle, side, nest }));
    }
  }
  return all;
}
