import type { SoundName } from '../../contract/domain.ts';

/*
 * What each sound is made of: pulses in the manner of IEC 60601-1-8 (table 3), so that their number and speed say how
 * urgent it is, in every room and through every loudspeaker. tools/sounds renders resources/sounds from this, the
 * policy plans with the lengths.
 */

export interface Pulse {
  /** From the beginning of the sound, ms. */
  readonly at: number;
  /** ms, with rise and fall. */
  readonly length: number;
  /** Fundamental, Hz: 150 to 1000. */
  readonly hertz: number;
}

export interface SoundPattern {
  readonly pulses: readonly Pulse[];
  /** A sound that goes on is played anew so often, ms from beginning to beginning; absent: played once. */
  readonly every?: number | undefined;
}

const pulsesAt = (hertz: number, length: number, ...starts: readonly number[]): Pulse[] =>
  starts.map((at) => ({ at, length, hertz }));

export const soundPatterns: Readonly<Record<SoundName, SoundPattern>> = {
  /** 3 + 2 fast pulses. */
  critical: { pulses: pulsesAt(698, 150, 0, 250, 500, 1_000, 1_250), every: 10_000 },
  /** 3 slow pulses, lower. */
  warning: { pulses: pulsesAt(440, 200, 0, 400, 800), every: 30_000 },
  /** Up and down without a break: nobody takes it for the first call. */
  escalation: {
    pulses: [587, 880, 587, 880, 587, 880].map((hertz, index) => ({ at: index * 220, length: 170, hertz })),
    every: 10_000,
  },
  'link-lost': { pulses: [...pulsesAt(523, 220, 0), ...pulsesAt(349, 320, 300)] },
  'link-restored': { pulses: [...pulsesAt(349, 220, 0), ...pulsesAt(523, 320, 300)] },
};

/** ms to the end of the last pulse. */
export const soundLength = (sound: SoundName): number =>
  Math.max(...soundPatterns[sound].pulses.map(({ at, length }) => at + length));
