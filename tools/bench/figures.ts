/** A number as a person reads it: three significant digits, thousands apart. */
export const figure = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));

export const milliseconds = (value: number): string => `${figure(value)} ms`;
