import type { Alert, AlertEvent } from '../../contract/domain.ts';
import { applyTransition } from '../alerts/lifecycle.ts';
import type { Committed, FoldOutcome, PassRecord } from '../passes/ports.ts';
import { alertColumns, fromAlert, toAlert } from './alert-rows.ts';
import { passColumns, toPass } from './pass-rows.ts';
import type { Queryable } from './queryable.ts';
import { jsonRows } from './record-reads.ts';
import { storableJson } from './text.ts';
import { packVehicle } from './vehicle-rows.ts';

interface AlertRows {
  readonly alerts: readonly Alert[];
  readonly events: readonly AlertEvent[];
}

/** Passes and alerts are locked before they are read, so that an acknowledgement at the same moment is not lost. */
async function followTransitions(
  database: Queryable,
  outcome: FoldOutcome,
  workstation: string,
): Promise<AlertRows> {
  if (outcome.transitions.length === 0) return { alerts: [], events: [] };
  const passIds = new Set(outcome.passes.map((pass) => pass.id));
  const alertIds = new Set<string>();
  for (const transition of outcome.transitions) {
    alertIds.add(transition.alertId);
    if (transition.passId !== undefined) passIds.add(transition.passId);
  }
  const known = await jsonRows<Alert>(
    database,
    'lock-alerts',
    `select ${alertColumns} from vicore.lock_alerts($1, $2) a`,
    [[...passIds], [...alertIds]],
  );
  const current = new Map(known.map((row) => [row.id, toAlert(row)]));
  const changed = new Map<string, Alert>();
  const events: AlertEvent[] = [];
  for (const transition of outcome.transitions) {
    const change = applyTransition(current.get(transition.alertId), transition, workstation);
    current.set(change.alert.id, change.alert);
    if (change.events.length === 0) continue;
    changed.set(change.alert.id, change.alert);
    for (const event of change.events) events.push(event);
  }
  return { alerts: [...changed.values()], events };
}

function notesOf(outcome: FoldOutcome): Record<'cameras' | 'cameraStatus' | 'links', unknown[]> {
  const cameras = new Map<string, unknown>();
  const cameraStatus: unknown[] = [];
  const links: unknown[] = [];
  for (const note of outcome.notes) {
    if (note.kind === 'camera') cameraStatus.push(note);
    else if (note.kind === 'link') links.push(note);
    else {
      const { streamId, site, track } = note.info;
      for (const camera of note.info.cameras) {
        cameras.set(JSON.stringify([streamId, camera.id]), { ...camera, streamId, site, track });
      }
    }
  }
  return { cameras: [...cameras.values()], cameraStatus, links };
}

const isEmpty = (outcome: FoldOutcome): boolean =>
  outcome.streams.length === 0 &&
  outcome.passes.length === 0 &&
  outcome.vehicles.length === 0 &&
  outcome.transitions.length === 0 &&
  outcome.rejections.length === 0 &&
  outcome.notes.length === 0;

/**
 * Writes one outcome of the fold in the transaction under way on `database`: rows, alerts with their history, and
 * the stream's position. The caller holds the streams' positions (`vicore.lock_streams`).
 */
export async function storeOutcome(
  database: Queryable,
  outcome: FoldOutcome,
  workstation: string,
): Promise<Committed> {
  if (isEmpty(outcome)) return { alerts: [], passes: [] };
  const { alerts, events } = await followTransitions(database, outcome, workstation);
  const rest = {
    alerts: alerts.map(fromAlert),
    events,
    rejections: outcome.rejections,
    ...notesOf(outcome),
    streams: outcome.streams,
  };
  const passes = await jsonRows<PassRecord>(
    database,
    'store-batch',
    `select ${passColumns} from vicore.store_batch($1, $2, $3, $4) p`,
    [
      workstation,
      storableJson(outcome.passes),
      storableJson(outcome.vehicles.map(packVehicle)),
      storableJson(rest),
    ],
  );
  return { alerts, passes: passes.map(toPass) };
}
