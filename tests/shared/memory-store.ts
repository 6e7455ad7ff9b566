import type { Alert, AlertEvent, ThresholdSet } from '../../contract/domain.ts';
import { applyTransition } from '../../main/alerts/lifecycle.ts';
import type { HistoryQuery, HistoryRow } from '../../main/cars/history-row.ts';
import { mergePassRow, reopensPass } from '../../main/passes/pass-row.ts';
import type {
  AlertCondition,
  Committed,
  FoldOutcome,
  PassRecord,
  Rejection,
  ReplicaStore,
  StreamState,
  VehicleRecord,
} from '../../main/passes/ports.ts';
import { defaultThresholds } from '../../main/springs/thresholds.ts';

export interface MemoryStore extends ReplicaStore {
  readonly streams: Map<string, StreamState>;
  readonly passes: Map<string, PassRecord>;
  readonly vehicles: Map<string, Map<number, VehicleRecord>>;
  readonly alerts: Map<string, Alert>;
  readonly alertEvents: AlertEvent[];
  readonly rejections: Rejection[];
  readonly thresholdSets: ThresholdSet[];
  allVehicles(): readonly VehicleRecord[];
  /** As a restart leaves it: everything went through JSON. */
  restarted(): MemoryStore;
}

interface Contents {
  readonly streams: readonly StreamState[];
  readonly passes: readonly PassRecord[];
  readonly vehicles: readonly VehicleRecord[];
  readonly alerts: readonly Alert[];
  readonly alertEvents: readonly AlertEvent[];
  readonly rejections: readonly Rejection[];
  readonly thresholdSets: readonly ThresholdSet[];
}

const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const conditionOf = (alert: Alert): AlertCondition => ({
  alertId: alert.id,
  passId: alert.passId,
  vehicleIndex: alert.vehicleIndex,
  position: alert.position,
  rule: alert.rule,
  severity: alert.severity,
  present: alert.present,
  value: alert.value,
  limit: alert.limit,
});

/** A store of the fold without a disk: what SQLite and PostgreSQL do, in a few lines. */
export function createMemoryStore(contents?: Contents): MemoryStore {
  const streams = new Map<string, StreamState>();
  const passes = new Map<string, PassRecord>();
  const vehicles = new Map<string, Map<number, VehicleRecord>>();
  const alerts = new Map<string, Alert>();
  const alertsByPass = new Map<string, Set<string>>();
  const alertEvents: AlertEvent[] = [...(contents?.alertEvents ?? [])];
  const rejections: Rejection[] = [...(contents?.rejections ?? [])];
  const thresholdSets: ThresholdSet[] = [...(contents?.thresholdSets ?? [defaultThresholds])];
  /** Passes by the vehicle numbers in them. */
  const passesOf = new Map<string, Set<string>>();

  function keepAlert(alert: Alert): void {
    alerts.set(alert.id, alert);
    if (alert.passId === undefined) return;
    const known = alertsByPass.get(alert.passId) ?? new Set();
    alertsByPass.set(alert.passId, known.add(alert.id));
  }

  function keepVehicle(vehicle: VehicleRecord): void {
    const known = vehicles.get(vehicle.passId) ?? new Map<number, VehicleRecord>();
    vehicles.set(vehicle.passId, known.set(vehicle.index, vehicle));
    if (vehicle.vehicleNumber === undefined) return;
    const ids = passesOf.get(vehicle.vehicleNumber) ?? new Set();
    passesOf.set(vehicle.vehicleNumber, ids.add(vehicle.passId));
  }

  function historyOf(vehicleNumber: string, query: HistoryQuery): HistoryRow[] {
    const rows: HistoryRow[] = [];
    for (const passId of passesOf.get(vehicleNumber) ?? []) {
      const pass = passes.get(passId);
      if (!pass || pass.endedAt === undefined || pass.startedAt >= query.before) continue;
      if (pass.site !== query.site || pass.siteTrack !== query.siteTrack) continue;
      for (const vehicle of vehicles.get(passId)?.values() ?? []) {
        if (vehicle.vehicleNumber !== vehicleNumber || vehicle.contradicted) continue;
        rows.push({
          passId,
          startedAt: pass.startedAt,
          axles: vehicle.axles,
          relativeCmm: vehicle.relativeCmm,
          states: vehicle.springs.map((spring) => spring.state),
          blank: vehicle.springs.map(
            ({ defect }, index) =>
              vehicle.relativeCmm[index] === null && (defect === undefined || defect === 'none'),
          ),
          blindSides: vehicle.blindSides,
        });
      }
    }
    rows.sort((left, right) =>
      left.startedAt === right.startedAt
        ? left.passId < right.passId
          ? -1
          : 1
        : left.startedAt - right.startedAt,
    );
    if (query.order === 'latest') rows.reverse();
    return rows.slice(query.offset, query.offset + query.limit);
  }

  function commit(outcome: FoldOutcome): Committed {
    const changed = new Map<string, Alert>();
    const reopened = new Set<string>();
    for (const transition of outcome.transitions) {
      const change = applyTransition(alerts.get(transition.alertId), transition, 'memory');
      keepAlert(change.alert);
      alertEvents.push(...change.events);
      changed.set(change.alert.id, change.alert);
      if (change.alert.passId !== undefined && reopensPass(change)) reopened.add(change.alert.passId);
    }
    const rows = outcome.passes.map((pass) => mergePassRow(pass, passes.get(pass.id), reopened.has(pass.id)));
    for (const pass of rows) passes.set(pass.id, pass);
    for (const vehicle of outcome.vehicles) keepVehicle(vehicle);
    for (const stream of outcome.streams) streams.set(stream.streamId, stream);
    rejections.push(...outcome.rejections);
    return { alerts: [...changed.values()], passes: rows };
  }

  for (const stream of contents?.streams ?? []) streams.set(stream.streamId, stream);
  for (const pass of contents?.passes ?? []) passes.set(pass.id, pass);
  for (const vehicle of contents?.vehicles ?? []) keepVehicle(vehicle);
  for (const alert of contents?.alerts ?? []) keepAlert(alert);

  const store: MemoryStore = {
    streams,
    passes,
    vehicles,
    alerts,
    alertEvents,
    rejections,
    thresholdSets,
    allVehicles: () => [...vehicles.values()].flatMap((ofPass) => [...ofPass.values()]),

    loadStreams: (ids) =>
      Promise.resolve(
        ids.flatMap((id) => {
          const stream = streams.get(id);
          return stream ? [stream] : [];
        }),
      ),
    openPasses: (streamId) =>
      Promise.resolve(
        [...passes.values()]
          .filter((pass) => pass.streamId === streamId && pass.status === 'in-progress')
          .map((pass) => pass.id),
      ),
    loadPasses: (ids) =>
      Promise.resolve(
        ids.flatMap((id) => {
          const pass = passes.get(id);
          if (!pass) return [];
          const conditions = [...(alertsByPass.get(id) ?? [])].flatMap((alertId) => {
            const alert = alerts.get(alertId);
            return alert ? [conditionOf(alert)] : [];
          });
          return [{ pass, vehicles: [...(vehicles.get(id)?.values() ?? [])], conditions }];
        }),
      ),
    history: (query) =>
      Promise.resolve(new Map(query.vehicleNumbers.map((number) => [number, historyOf(number, query)]))),
    thresholds: () => Promise.resolve(thresholdSets),
    commit: (outcome) => Promise.resolve(commit(outcome)),

    restarted() {
      return createMemoryStore(
        copied({
          streams: [...streams.values()],
          passes: [...passes.values()],
          vehicles: store.allVehicles(),
          alerts: [...alerts.values()],
          alertEvents,
          rejections,
          thresholdSets,
        }),
      );
    },
  };
  return store;
}
