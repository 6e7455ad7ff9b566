import type { Change, ChangeBatch, Snapshot } from '../../contract/changes.ts';
import type { Alert, Pass, Vehicle } from '../../contract/domain.ts';
import { keepSame, keepVehicle } from './identity.ts';
import type { LiveState } from './state.ts';

/** Passes a live window keeps beyond the list's own pages. */
const maximumPasses = 1000;
const maximumClosed = 200;

/** What one batch is built in; maps are copied when first written to, so untouched ones keep their identity. */
interface Draft {
  readonly base: LiveState;
  passes?: Map<string, Pass>;
  alerts?: Map<string, Alert>;
  closedAlerts?: Map<string, Alert>;
  vehicles?: Map<number, Vehicle>;
  counts?: LiveState['counts'];
  status?: LiveState['status'];
  sound?: LiveState['sound'];
  references?: LiveState['references'];
}

const applyPass = (draft: Draft, pass: Pass): void => {
  const known = (draft.passes ?? draft.base.passes).get(pass.id);
  // Revision is the seq of the pass's last event: a lower one is older. Confirmation leaves it as it is.
  if (known !== undefined && pass.revision < known.revision) return;
  const kept = keepSame(known, pass);
  if (kept === known) return;
  draft.passes ??= new Map(draft.base.passes);
  draft.passes.set(pass.id, kept);
};

const applyAlert = (draft: Draft, alert: Alert): void => {
  const known = (draft.alerts ?? draft.base.alerts).get(alert.id);
  if (alert.state === 'closed') {
    draft.closedAlerts ??= new Map(draft.base.closedAlerts);
    draft.closedAlerts.delete(alert.id);
    draft.closedAlerts.set(alert.id, alert);
    for (const oldest of draft.closedAlerts.keys()) {
      if (draft.closedAlerts.size <= maximumClosed) break;
      draft.closedAlerts.delete(oldest);
    }
    if (known === undefined) return;
    draft.alerts ??= new Map(draft.base.alerts);
    draft.alerts.delete(alert.id);
    return;
  }
  const kept = keepSame(known, alert);
  if (kept === known) return;
  draft.alerts ??= new Map(draft.base.alerts);
  draft.alerts.set(alert.id, kept);
};

const applyChange = (draft: Draft, change: Change): void => {
  switch (change.kind) {
    case 'pass':
      applyPass(draft, change.pass);
      return;
    case 'vehicle': {
      const watched = draft.base.watched;
      if (watched?.passId !== change.vehicle.passId) return;
      const known = (draft.vehicles ?? watched.vehicles).get(change.vehicle.index);
      const kept = keepVehicle(known, change.vehicle);
      if (kept === known) return;
      draft.vehicles ??= new Map(watched.vehicles);
      draft.vehicles.set(kept.index, kept);
      return;
    }
    case 'alert':
      applyAlert(draft, change.alert);
      return;
    case 'counts':
      draft.counts = change.counts;
      return;
    case 'status':
      draft.status = change.status;
      return;
    case 'sound':
      draft.sound = change.sound;
      return;
    case 'reference': {
      const known = draft.references ?? draft.base.references;
      draft.references = { ...known, [change.about]: known[change.about] + 1 };
    }
  }
};

const newestFirst = (left: Pass, right: Pass): number =>
  right.startedAt - left.startedAt || (left.id < right.id ? 1 : -1);

/** Ids newest first; the same array when the order is the same. Forgets the oldest beyond the bound. */
const orderPasses = (
  passes: Map<string, Pass> | ReadonlyMap<string, Pass>,
  known: readonly string[],
): readonly string[] => {
  const order = [...passes.values()].sort(newestFirst).map((pass) => pass.id);
  return order.length === known.length && order.every((id, place) => id === known[place]) ? known : order;
};

const trimPasses = (passes: Map<string, Pass>, keep: string | undefined): void => {
  if (passes.size <= maximumPasses) return;
  for (const pass of [...passes.values()].sort(newestFirst).slice(maximumPasses)) {
    if (pass.id !== keep) passes.delete(pass.id);
  }
};

const finish = (draft: Draft, sequence: number): LiveState => {
  const { base } = draft;
  if (draft.passes !== undefined) trimPasses(draft.passes, base.selection.passId);
  const passes = draft.passes ?? base.passes;
  return {
    ...base,
    sequence,
    passes,
    passOrder: draft.passes === undefined ? base.passOrder : orderPasses(passes, base.passOrder),
    alerts: draft.alerts ?? base.alerts,
    closedAlerts: draft.closedAlerts ?? base.closedAlerts,
    counts: draft.counts ?? base.counts,
    status: draft.status ?? base.status,
    sound: draft.sound ?? base.sound,
    references: draft.references ?? base.references,
    watched:
      draft.vehicles === undefined || base.watched === undefined
        ? base.watched
        : { ...base.watched, vehicles: draft.vehicles },
  };
};

/** `hole`: changes are missing before this batch; only a new snapshot helps. */
export type Applied =
  { readonly kind: 'applied' | 'old'; readonly state: LiveState } | { readonly kind: 'hole' };

/** Applies what is new in a batch, in number order, as one new state. A batch seen before changes nothing. */
export const applyBatch = (state: LiveState, batch: ChangeBatch): Applied => {
  const last = batch.first + batch.changes.length - 1;
  if (batch.first > state.sequence + 1) return { kind: 'hole' };
  if (last <= state.sequence) return { kind: 'old', state };
  const draft: Draft = { base: state };
  for (const change of batch.changes.slice(state.sequence + 1 - batch.first)) applyChange(draft, change);
  return { kind: 'applied', state: finish(draft, last) };
};

const allRaised = ({ references: known }: LiveState): LiveState['references'] => ({
  user: known.user + 1,
  threshold: known.threshold + 1,
  'vehicle-type': known['vehicle-type'] + 1,
  site: known.site + 1,
  camera: known.camera + 1,
  setting: known.setting + 1,
  guidance: known.guidance + 1,
});

/** Starts from a snapshot; what it says again unchanged keeps its identity. */
export const applySnapshot = (state: LiveState, snapshot: Snapshot): LiveState => {
  const passes = new Map(state.passes);
  const seen = snapshot.watched === undefined ? snapshot.passes : [...snapshot.passes, snapshot.watched.pass];
  for (const pass of seen) {
    const known = passes.get(pass.id);
    if (known === undefined || pass.revision >= known.revision) passes.set(pass.id, keepSame(known, pass));
  }
  trimPasses(passes, state.selection.passId);
  const before = state.watched;
  const detail = snapshot.watched;
  return {
    ...state,
    phase: 'ready',
    failure: undefined,
    sequence: snapshot.sequence,
    passes,
    passOrder: orderPasses(passes, state.passOrder),
    alerts: new Map(snapshot.alerts.map((alert) => [alert.id, keepSame(state.alerts.get(alert.id), alert)])),
    counts: snapshot.counts,
    status: snapshot.status,
    sound: snapshot.sound,
    // A snapshot says nothing of reference data: whatever it skipped may have changed some.
    references:
      state.sequence >= 0 && snapshot.sequence !== state.sequence ? allRaised(state) : state.references,
    watched: detail && {
      passId: detail.pass.id,
      thresholds: detail.thresholds,
      vehicles: new Map(
        detail.vehicles.map((vehicle) => [
          vehicle.index,
          keepVehicle(
            before?.passId === detail.pass.id ? before.vehicles.get(vehicle.index) : undefined,
            vehicle,
          ),
        ]),
      ),
    },
  };
};

/** The rest of a long list of open alerts; what the live changes already told stands. */
export const addAlerts = (state: LiveState, more: readonly Alert[]): LiveState => {
  const missing = more.filter((alert) => !state.alerts.has(alert.id) && !state.closedAlerts.has(alert.id));
  if (missing.length === 0) return state;
  const alerts = new Map(state.alerts);
  for (const alert of missing) alerts.set(alert.id, alert);
  return { ...state, alerts };
};

/** Older passes of the list's pages and answers of calls; a known newer one stands. */
export const addPasses = (state: LiveState, more: readonly Pass[]): LiveState => {
  const draft: Draft = { base: state };
  for (const pass of more) applyPass(draft, pass);
  return draft.passes === undefined ? state : finish(draft, state.sequence);
};
