import { fault } from '../errors/faults.ts';

/** A bound of a range in a request, with the name of its field. */
export type Bound<Value> = readonly [name: string, value: Value | null | undefined];

/**
 * Refuses an empty range: its bounds were probably swapped by mistake.
 *
 * @param isAbove whether the first value is above the second.
 * @throws BAD_USER_INPUT, naming both fields.
 */
export function checkRange<Value>(
  [lowName, low]: Bound<Value>,
  [highName, high]: Bound<Value>,
  isAbove: (low: Value, high: Value) => boolean,
): void {
  if (low == null || high == null || !isAbove(low, high)) return;
  const relation = low instanceof Date ? 'after' : 'above';
  throw fault('BAD_USER_INPUT', `"${lowName}" must not be ${relation} "${highName}": exchange the two.`);
}

/** Refuses an empty range of times. */
export function checkPeriod(from: Bound<Date>, to: Bound<Date>): void {
  checkRange(from, to, (low, high) => low > high);
}
