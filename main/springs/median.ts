/** Of an even count the lower of the two middle values (docs/domain.md, arithmetic). `values` must not be empty. */
export function lowerMedian(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted[(sorted.length - 1) >> 1];
  if (middle === undefined) throw new RangeError('the median of nothing');
  return middle;
}
