import type { Pulse, SoundPattern } from '../../main/alerts/sound-patterns.ts';

/** Per second; far above the highest partial. */
export const sampleRate = 24_000;
/** Amplitudes of the fundamental and its harmonics: none more than 15 dB below the strongest (IEC 60601-1-8). */
const partials = [1, 0.75, 0.6, 0.45, 0.35, 0.25];
/** Shares of a pulse that it rises and falls: without them each would begin with a click. */
const rise = 0.15;
const fall = 0.25;
/** Of full scale: room for the loudspeaker's own resonance. */
const peak = 0.8;
/** After the last pulse, so that no player cuts it, ms. */
const tailMs = 40;

const hump = (share: number): number => (1 - Math.cos(Math.PI * share)) / 2;

function envelope(share: number): number {
  if (share < rise) return hump(share / rise);
  return share > 1 - fall ? hump((1 - share) / fall) : 1;
}

function addPulse(samples: Float64Array, { at, length, hertz }: Pulse): void {
  const first = Math.round((at * sampleRate) / 1_000);
  const count = Math.round((length * sampleRate) / 1_000);
  for (let index = 0; index < count; index += 1) {
    const angle = (2 * Math.PI * hertz * index) / sampleRate;
    const tone = partials.reduce(
      (sum, amplitude, order) => sum + amplitude * Math.sin((order + 1) * angle),
      0,
    );
    samples[first + index] = tone * envelope(index / count);
  }
}

/** The sound as samples of 16 bits, one channel. The same pattern always gives the same samples. */
export function render({ pulses }: SoundPattern): Int16Array {
  const length = Math.max(...pulses.map((pulse) => pulse.at + pulse.length)) + tailMs;
  const samples = new Float64Array(Math.round((length * sampleRate) / 1_000));
  for (const pulse of pulses) addPulse(samples, pulse);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return Int16Array.from(samples, (sample) => Math.round((sample / loudest) * peak * 32_767));
}
