import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { VicoreApi } from '../../contract/api.ts';
import { createAlertActs } from './alert-acts.ts';
import type { AlertActs } from './alert-acts.ts';
import { addPasses } from './apply.ts';
import { callOn } from './call.ts';
import { startFeed } from './feed.ts';
import type { Feed } from './feed.ts';
import { showError } from './notices.ts';
import { keepShelf } from './shelf.ts';
import { followed, samePlace } from './selection.ts';
import { initialState } from './state.ts';
import type { LiveState, Selection } from './state.ts';
import type { Pass } from '../../contract/domain.ts';

export interface Live extends AlertActs {
  readonly store: StoreApi<LiveState>;
  readonly feed: Feed;
  /** Selects; without `passId` the pass stays. Choosing a pass ends following live. */
  readonly select: (place: Partial<Omit<Selection, 'followLive'>>) => void;
  /** What main says the window should show (a click elsewhere): main is not told again. */
  readonly show: (place: Partial<Omit<Selection, 'followLive'>>) => void;
  readonly setFollowLive: (on: boolean) => void;
  readonly rememberPasses: (passes: readonly Pass[]) => void;
  readonly openCar: (
    passId: string,
    vehicleIndex: number,
    position?: string,
    newWindow?: boolean,
  ) => Promise<void>;
}

export interface LiveOptions {
  readonly api: VicoreApi;
  readonly follows: boolean;
  readonly selection?: Partial<Selection> | undefined;
}

export const createLive = ({ api, follows, selection }: LiveOptions): Live => {
  const store = createStore<LiveState>(() => ({
    ...initialState,
    selection: { followLive: follows, ...selection },
    receivedMonotonic: performance.now(),
    receivedWall: Date.now(),
  }));
  const clocks = { monotonic: () => performance.now(), wall: () => Date.now() };
  const feed = startFeed({ api, store, follows, ...clocks });
  keepShelf(store, clocks);

  const setSelection = (next: Selection, tell = true): void => {
    const { selection: known } = store.getState();
    if (samePlace(known, next)) return;
    store.setState({ selection: next });
    feed.watch(next.passId);
    if (!tell) return;
    const { passId, vehicleIndex, position } = next;
    // In a car window `following` is its pin, which only its own button changes.
    const following = follows ? next.followLive : undefined;
    void callOn(api, 'windows.setContext', { passId, vehicleIndex, position, following });
  };

  const placeFrom = (place: Partial<Omit<Selection, 'followLive'>>): Selection => {
    const { selection: known } = store.getState();
    const passId = place.passId ?? known.passId;
    const samePass = passId === known.passId;
    const vehicleIndex =
      'vehicleIndex' in place ? place.vehicleIndex : samePass ? known.vehicleIndex : undefined;
    const sameCar = samePass && vehicleIndex === known.vehicleIndex;
    return {
      passId,
      vehicleIndex,
      position: 'position' in place ? place.position : sameCar ? known.position : undefined,
      alertId: 'alertId' in place ? place.alertId : known.alertId,
      followLive: known.followLive && samePass,
    };
  };

  return {
    store,
    feed,
    select: (place) => setSelection(placeFrom(place)),
    show: (place) => setSelection(placeFrom(place), false),
    setFollowLive: (on) => {
      const state = store.getState();
      const passId = on ? followed({ ...state, selection: { followLive: true } }) : state.selection.passId;
      setSelection(
        passId === state.selection.passId
          ? { ...state.selection, followLive: on }
          : { passId, alertId: state.selection.alertId, followLive: on },
      );
    },
    rememberPasses: (passes) => store.setState(addPasses(store.getState(), passes), true),
    ...createAlertActs(api, store),
    openCar: async (passId, vehicleIndex, position, newWindow) => {
      if (!follows && newWindow !== true) {
        // In a car view, the car opens where one asked for it.
        setSelection(placeFrom({ passId, vehicleIndex, position }));
        return;
      }
      const answer = await callOn(api, 'windows.openCar', { passId, vehicleIndex, position, newWindow });
      if (!answer.ok) showError(answer.error);
    },
  };
};

const LiveContext = createContext<Live | undefined>(undefined);
export const LiveProvider = LiveContext.Provider;

export const useLiveActions = (): Live => {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('a live view outside its LiveProvider');
  return live;
};

export const useLive = <T,>(selector: (state: LiveState) => T): T =>
  useStore(useLiveActions().store, selector);
