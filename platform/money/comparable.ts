import { type Currency, minorDigits, type Money } from './currency.ts';
import type { Decimal } from './decimal.ts';

/**
 * Amounts of different currencies compare as numbers: 1,000 yen is more than 999.99 dollars. Their minor units do not
 * compare, because currencies have different numbers of decimal places. So amounts are compared as whole
 * ten-thousandths: no currency of ISO 4217 has more than four decimal places.
 */
const comparableDigits = 4;

/** Ten-thousandths in one minor unit of the currency. */
export function comparableFactor(currency: Currency): bigint {
  return 10n ** BigInt(comparableDigits - minorDigits[currency]);
}

/** The amount in ten-thousandths of its currency. */
export function comparable({ minor, currency }: Money): bigint {
  return minor * comparableFactor(currency);
}

/** Larger than any amount. Larger bounds are reduced to it, so that they fit into 64 bits. */
const limit = 10n ** 18n;

/** The smallest number of ten-thousandths that is not below a bound. */
export function comparableAtLeast(bound: Decimal): bigint {
  return -comparableAtMost({ ...bound, unscaled: -bound.unscaled });
}

/** The largest number of ten-thousandths that is not above a bound. */
export function comparableAtMost({ unscaled, scale }: Decimal): bigint {
  const numerator = unscaled * 10n ** BigInt(comparableDigits);
  const denominator = 10n ** BigInt(scale);
  const floor = numerator / denominator - (numerator < 0n && numerator % denominator !== 0n ? 1n : 0n);
  return floor > limit ? limit : floor < -limit ? -limit : floor;
}
