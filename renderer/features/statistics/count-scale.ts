export interface CountScale {
  readonly top: number;
  readonly ticks: readonly number[];
}

const factors = [1, 2, 5, 10] as const;

/** From 0 to a round number at or above `highest`, with at most `most` steps of 1, 2 or 5 times a power of ten. */
export const countScale = (highest: number, most: number): CountScale => {
  const least = Math.max(1, highest) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = Math.max(1, (factors.find((factor) => factor * power >= least * 0.999_999) ?? 10) * power);
  const steps = Math.max(1, Math.ceil(Math.max(1, highest) / step - 0.000_001));
  return { top: steps * step, ticks: Array.from({ length: steps + 1 }, (_, place) => place * step) };
};
