/** Epoch ms with fractions, by the clock that the windows' `performance` shows too. */
export const now = (): number => performance.timeOrigin + performance.now();
