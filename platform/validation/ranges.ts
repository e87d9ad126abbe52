import { badArgument } from '../errors/faults.ts';

/** A bound of a range in a request, with the path of its argument. */
export type Bound<Value> = readonly [field: readonly string[], value: Value | null | undefined];

/**
 * Refuses an empty range: its bounds were probably swapped by mistake.
 *
 * @param isAbove whether the first value is above the second.
 * @throws BAD_USER_INPUT, naming both fields.
 */
export function checkRange<Value>(
  [lowField, low]: Bound<Value>,
  [highField, high]: Bound<Value>,
  isAbove: (low: Value, high: Value) => boolean,
): void {
  if (low == null || high == null || !isAbove(low, high)) return;
  const relation = low instanceof Date ? 'after' : 'above';
  const message = `"${lowField.at(-1)}" must not be ${relation} "${highField.at(-1)}": exchange the two.`;
  throw badArgument(lowField, message);
}

/** Refuses an empty range of times. */
export function checkPeriod(from: Bound<Date>, to: Bound<Date>): void {
  checkRange(from, to, (low, high) => low > high);
}
