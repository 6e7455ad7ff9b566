import type { Change } from '../contract/changes.ts';
import type { Alert, AlertCounts, Pass, SystemStatus, Vehicle } from '../contract/domain.ts';
import type { Committed, FoldOutcome, PassRecord, VehicleRecord } from './passes/ports.ts';

/** A pass as windows know it: without the fold's own memory. */
export function visiblePass(record: Pass | PassRecord): Pass {
  if (!('work' in record)) return record;
  const { work: _work, ...pass } = record;
  return pass;
}

/** A vehicle as windows know it. */
export function visibleVehicle(record: Vehicle | VehicleRecord): Vehicle {
  if (!('work' in record)) return record;
  const {
    work: _work,
    relativeCmm: _relative,
    contradicted: _contradicted,
    blindSides: _blind,
    ...vehicle
  } = record;
  return vehicle;
}

/** What a commit changed, as the windows are told. */
export function changesOf(committed: Committed, outcome: FoldOutcome | undefined): Change[] {
  const changes: Change[] = [];
  for (const alert of committed.alerts) changes.push({ kind: 'alert', alert });
  for (const pass of committed.passes) changes.push({ kind: 'pass', pass: visiblePass(pass) });
  for (const vehicle of outcome?.vehicles ?? [])
    changes.push({ kind: 'vehicle', vehicle: visibleVehicle(vehicle) });
  return changes;
}

/** Tells listeners of changes; a listener that throws is a bug and must not keep the others from hearing. */
export interface Announcer {
  announce(changes: readonly Change[]): void;
  announceStatus(status: SystemStatus): void;
  announceCounts(counts: AlertCounts): void;
  onChanges(listener: (changes: readonly Change[]) => void): () => void;
  announceAlerts(alerts: readonly Alert[]): void;
  onAlert(listener: (alert: Alert) => void): () => void;
}

export function createAnnouncer(): Announcer {
  const changeListeners = new Set<(changes: readonly Change[]) => void>();
  const alertListeners = new Set<(alert: Alert) => void>();
  const announce = (changes: readonly Change[]): void => {
    if (changes.length === 0) return;
    for (const listener of changeListeners) listener(changes);
  };
  return {
    announce,
    announceStatus: (status) => announce([{ kind: 'status', status }]),
    announceCounts: (counts) => announce([{ kind: 'counts', counts }]),
    onChanges(listener) {
      changeListeners.add(listener);
      return () => void changeListeners.delete(listener);
    },
    announceAlerts(alerts) {
      for (const alert of alerts) for (const listener of alertListeners) listener(alert);
    },
    onAlert(listener) {
      alertListeners.add(listener);
      return () => void alertListeners.delete(listener);
    },
  };
}
