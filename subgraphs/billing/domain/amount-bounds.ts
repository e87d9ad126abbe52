import { minorDigits } from '#platform/money/currency.ts';
import type { Decimal } from '#platform/money/decimal.ts';

/** Each of the currencies has as many decimal places as the others, so that amounts compare as numbers. */
const digits = BigInt(minorDigits.USD);

/** Beyond any amount: what compares with more compares with this. */
const limitMinor = 10n ** 18n;

/** The smallest number of minor units that is not below a bound. */
export function atLeastMinor(bound: Decimal): bigint {
  return -atMostMinor({ ...bound, unscaled: -bound.unscaled });
}

/** The largest number of minor units that is not above a bound. */
export function atMostMinor({ unscaled, scale }: Decimal): bigint {
  const numerator = unscaled * 10n ** digits;
  const denominator = 10n ** BigInt(scale);
  const floor = numerator / denominator - (numerator < 0n && numerator % denominator !== 0n ? 1n : 0n);
  return floor > limitMinor ? limitMinor : floor < -limitMinor ? -limitMinor : floor;
}
