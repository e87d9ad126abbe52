import { type Currency, minorDigits } from '#platform/money/currency.ts';
import type { Decimal } from '#platform/money/decimal.ts';
import { formatDecimal } from '#platform/money/decimal.ts';

/** Units of each currency for one US dollar. */
export type Rates = Readonly<Record<Currency, Decimal>>;

/** An exact quotient of two whole numbers. */
interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * The amount that arrives, in minor units of `to`, rounded down. Rounding to nearest would let a customer gain by
 * converting back and forth (0.04 CNY → 0.01 EUR → 0.08 CNY). The result may be 0.
 */
export function convert(amountMinor: bigint, from: Currency, to: Currency, rates: Rates): bigint {
  const { numerator, denominator } = crossRate(from, to, rates);
  const shift = 10n ** BigInt(minorDigits[to]);
  return (amountMinor * numerator * shift) / (denominator * 10n ** BigInt(minorDigits[from]));
}

/**
 * The smallest amount, in minor units of `from`, of which `convert` makes at least this amount: rounded up. Where one minor
 * unit of `from` is worth several of `to`, more would arrive than is wanted; the remainder is less than one unit of `from`.
 */
export function amountToReceive(receivedMinor: bigint, from: Currency, to: Currency, rates: Rates): bigint {
  const { numerator, denominator } = crossRate(from, to, rates);
  const dividend = receivedMinor * denominator * 10n ** BigInt(minorDigits[from]);
  const divisor = numerator * 10n ** BigInt(minorDigits[to]);
  return (dividend + divisor - 1n) / divisor;
}

/** An amount in cents of US dollars, never less than its worth: many small amounts must not count as nothing. */
export function dollarCents(amountMinor: bigint, currency: Currency, rates: Rates): bigint {
  return convert(amountMinor, currency, 'USD', rates) + (currency === 'USD' ? 0n : 1n);
}

const rateDigits = 10;

/** Units of `to` for one unit of `from`, with ten significant digits, rounded half up. It is for display only. */
export function shownRate(from: Currency, to: Currency, rates: Rates): string {
  const { numerator, denominator } = crossRate(from, to, rates);
  let scale = 0;
  while (scaled(numerator, denominator, scale) < 10n ** BigInt(rateDigits - 1)) scale += 1;
  return formatDecimal({ unscaled: scaled(numerator, denominator, scale), scale });
}

function scaled(numerator: bigint, denominator: bigint, scale: number): bigint {
  return (2n * numerator * 10n ** BigInt(scale) + denominator) / (2n * denominator);
}

function crossRate(from: Currency, to: Currency, rates: Rates): Fraction {
  return {
    numerator: rates[to].unscaled * 10n ** BigInt(rates[from].scale),
    denominator: rates[from].unscaled * 10n ** BigInt(rates[to].scale),
  };
}

/** The fee of a transfer to another customer, on top of the amount: 1 %, rounded up, so at least one minor unit. */
export function transferFee(amountMinor: bigint): bigint {
  return (amountMinor + 99n) / 100n;
}
