/** One pulse as it is heard: ms from the beginning of the file. */
export interface HeardPulse {
  readonly at: number;
  readonly length: number;
}

const windowMs = 5;
/** Of the loudest moment; what is quieter counts as silence. */
const quiet = 0.05;

/** Where a recording is not silent. */
export function heardPulses(samples: Int16Array, sampleRate: number): HeardPulse[] {
  const size = Math.round((windowMs * sampleRate) / 1_000);
  const levels = Array.from({ length: Math.floor(samples.length / size) }, (_, index) => {
    const part = samples.subarray(index * size, (index + 1) * size);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / size);
  });
  const loudest = Math.max(...levels);
  const pulses: HeardPulse[] = [];
  let began: number | undefined;
  for (const [index, level] of [...levels, 0].entries()) {
    const heard = level > quiet * loudest;
    if (heard) began ??= index;
    else if (began !== undefined) {
      pulses.push({ at: began * windowMs, length: (index - began) * windowMs });
      began = undefined;
    }
  }
  return pulses;
}

/** Amplitude of one frequency in a part of a recording (a windowed discrete Fourier transform at that frequency). */
function amplitude(part: Int16Array, sampleRate: number, hertz: number): number {
  let real = 0;
  let imaginary = 0;
  for (const [index, sample] of part.entries()) {
    const weight = 1 - Math.cos((2 * Math.PI * index) / (part.length - 1));
    const angle = (2 * Math.PI * hertz * index) / sampleRate;
    real += sample * weight * Math.cos(angle);
    imaginary += sample * weight * Math.sin(angle);
  }
  return Math.hypot(real, imaginary) / part.length;
}

export interface Partials {
  /** Hz: the lowest strong frequency. */
  readonly fundamental: number;
  /** The multiples of it that are there, against it. */
  readonly harmonics: readonly { readonly hertz: number; readonly decibels: number }[];
}

/** Of what a pulse is made, measured in its middle without knowing how it was rendered. */
export function partialsOf(samples: Int16Array, sampleRate: number, { at, length }: HeardPulse): Partials {
  const first = Math.round(((at + length * 0.2) * sampleRate) / 1_000);
  const last = Math.round(((at + length * 0.75) * sampleRate) / 1_000);
  const part = samples.subarray(first, last);
  const spectrum = Array.from({ length: 1_100 }, (_, index) => amplitude(part, sampleRate, 100 + index));
  const strongest = Math.max(...spectrum);
  let fundamental = 0;
  for (const [index, level] of spectrum.entries()) {
    const peak = level >= (spectrum[index - 1] ?? 0) && level >= (spectrum[index + 1] ?? 0);
    if (fundamental === 0 && peak && level > strongest / 4) fundamental = 100 + index;
  }
  const reference = amplitude(part, sampleRate, fundamental);
  const harmonics = [2, 3, 4, 5, 6]
    .map((order) => order * fundamental)
    .filter((hertz) => hertz < sampleRate / 2)
    .map((hertz) => ({
      hertz,
      decibels: Math.round(200 * Math.log10(amplitude(part, sampleRate, hertz) / reference)) / 10,
    }))
    .filter(({ decibels }) => decibels > -40);
  return { fundamental, harmonics };
}
