import type { StoreApi } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import type { ChangeBatch, Snapshot } from '../../contract/changes.ts';
import type { Alert } from '../../contract/domain.ts';
import { addAlerts, applyBatch, applySnapshot } from './apply.ts';
import { callOn } from './call.ts';
import { followed } from './selection.ts';
import type { LiveState } from './state.ts';
import { noteTold } from './told.ts';

/** Batches kept while a snapshot is on its way; beyond it the oldest go, and the hole asks for another snapshot. */
const maximumHeld = 400;
const firstRetryMs = 500;
const longestRetryMs = 8000;
const alertPage = 200;
const maximumAlerts = 6000;

export interface Feed {
  /** Shows another pass: main is told to send its vehicles. */
  readonly watch: (passId: string | undefined) => void;
  readonly retry: () => void;
  readonly stop: () => void;
}

export interface FeedOptions {
  readonly api: VicoreApi;
  readonly store: StoreApi<LiveState>;
  /** Monotonic and wall clock, ms. */
  readonly monotonic: () => number;
  readonly wall: () => number;
  /** A system view selects the newest pass in progress by itself. */
  readonly follows: boolean;
}

/**
 * Keeps the store equal to main: a snapshot, then numbered batches, each one setState. A hole in the numbers asks
 * for a new snapshot; at most one is on its way at a time.
 */
export const startFeed = ({ api, store, monotonic, wall, follows }: FeedOptions): Feed => {
  let wanted = store.getState().selection.passId;
  let asked: string | undefined;
  let fetching = false;
  let again = false;
  let stopped = false;
  let held: ChangeBatch[] = [];
  let retryMs = firstRetryMs;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let loadingAlerts = false;
  /** Changes were missed: what the next snapshot does not say is not known any more. */
  let missed = true;
  /** Alerts told of while their pages are read: the pages know less, also of those that closed. */
  const toldMeanwhile = new Set<string>();
  /** How often a snapshot took the place of the alerts that were known. */
  let replaced = 0;

  const received = (): Pick<LiveState, 'receivedMonotonic' | 'receivedWall'> => ({
    receivedMonotonic: monotonic(),
    receivedWall: wall(),
  });

  /**
   * Applied to the selection inside the same setState, so that no frame shows half of it. The alert that somebody
   * works on stays selected: the picture follows the trains, the list does not.
   */
  const follow = (state: LiveState): LiveState => {
    if (!follows || !state.selection.followLive) return state;
    const passId = followed(state);
    if (passId === undefined || passId === state.selection.passId) return state;
    return { ...state, selection: { passId, alertId: state.selection.alertId, followLive: true } };
  };

  const commit = (state: LiveState): void => {
    store.setState(follow({ ...state, ...received() }), true);
    const { passId } = store.getState().selection;
    if (passId !== wanted) watch(passId);
  };

  const loadOtherAlerts = async (): Promise<void> => {
    const { counts, alerts } = store.getState();
    const { criticalUnacknowledged, warningUnacknowledged, acknowledged, shelved } = counts;
    const open = criticalUnacknowledged + warningUnacknowledged + acknowledged + shelved;
    if (loadingAlerts || open <= alerts.size || alerts.size < alertPage) return;
    loadingAlerts = true;
    let found: Alert[] = [];
    let cursor: string | undefined;
    let begun = replaced;
    toldMeanwhile.clear();
    while (store.getState().alerts.size + found.length < maximumAlerts) {
      const page = await callOn(api, 'alerts.list', { open: true, limit: alertPage, cursor });
      if (stopped) return;
      if (!page.ok) break;
      if (begun === replaced) {
        found = [...found, ...page.value.items];
        ({ cursor } = page.value);
        if (cursor === undefined) break;
      } else {
        // A snapshot took the place of what was known: from the beginning.
        found = [];
        cursor = undefined;
        begun = replaced;
      }
    }
    // All at once: a list that grows page by page is laid out page by page.
    const { getState, setState } = store;
    setState(
      addAlerts(
        getState(),
        found.filter(({ id }) => !toldMeanwhile.has(id)),
      ),
      true,
    );
    loadingAlerts = false;
  };

  const drain = (): void => {
    const waiting = held;
    held = [];
    for (const batch of waiting) accept(batch);
  };

  /**
   * A snapshot has the first page of the open alerts only. When it was asked for another pass and no change was
   * missed, the other alerts stay as the changes told them, or a long list would shrink and be loaded anew each time.
   */
  const withSnapshot = (snapshot: Snapshot): LiveState => {
    const before = store.getState();
    const next = applySnapshot(before, snapshot);
    let told: LiveState | undefined = missed ? undefined : before;
    for (const batch of held) {
      const applied = told && applyBatch(told, batch);
      told = applied?.kind === 'hole' ? undefined : applied?.state;
    }
    missed = false;
    if (told !== undefined && told.sequence >= snapshot.sequence && snapshot.alerts.length >= alertPage) {
      return { ...next, alerts: told.alerts, closedAlerts: told.closedAlerts };
    }
    replaced += 1;
    toldMeanwhile.clear();
    return next;
  };

  const fetchSnapshot = async (): Promise<void> => {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    again = false;
    clearTimeout(retryTimer);
    asked = wanted;
    const answer = await callOn(api, 'monitoring.snapshot', asked === undefined ? {} : { passId: asked });
    fetching = false;
    if (stopped) return;
    if (!answer.ok) {
      const { phase } = store.getState();
      store.setState({ failure: answer.error, phase: phase === 'ready' ? 'ready' : 'failed' });
      retryTimer = setTimeout(() => void fetchSnapshot(), retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
      return;
    }
    retryMs = firstRetryMs;
    commit(withSnapshot(answer.value));
    if (again || asked !== wanted) {
      void fetchSnapshot();
      return;
    }
    drain();
    void loadOtherAlerts();
  };

  const accept = (batch: ChangeBatch): void => {
    if (fetching || store.getState().sequence < 0) {
      held.push(batch);
      if (held.length > maximumHeld) held.shift();
      return;
    }
    const applied = applyBatch(store.getState(), batch);
    if (applied.kind === 'hole') {
      missed = true;
      held.push(batch);
      void fetchSnapshot();
      return;
    }
    commit(applied.state);
    for (const change of batch.changes) {
      if (change.kind !== 'alert') continue;
      noteTold(change.alert.id);
      if (loadingAlerts) toldMeanwhile.add(change.alert.id);
    }
  };

  const watch = (passId: string | undefined): void => {
    if (passId === wanted) return;
    wanted = passId;
    void fetchSnapshot();
  };

  const unsubscribe = api.onChanges(accept);
  void fetchSnapshot();

  return {
    watch,
    retry: () => {
      retryMs = firstRetryMs;
      void fetchSnapshot();
    },
    stop: () => {
      stopped = true;
      clearTimeout(retryTimer);
      unsubscribe();
    },
  };
};
