import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The vehicle type that somebody wants to give limits to: said on one page of the panel, done on another. */
const wanted = createStore<{ readonly code: string | undefined }>(() => ({ code: undefined }));

export const wantLimits = (code: string | undefined): void => wanted.setState({ code });

export const useWantedLimits = (): string | undefined => useStore(wanted, (state) => state.code);
