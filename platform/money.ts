import { type Currency, type Money, minorDigits } from './currency.ts';
import { type Decimal, formatDecimal } from './decimal.ts';
import { type Refusal, refuse } from './refusal.ts';

/** One thousand million units: far above any payment, and far enough below 2^63 that no sum can overflow. */
export const largestAmountMinor = 100_000_000_000n;

export interface MoneyInput {
  readonly amount: Decimal;
  readonly currency: Currency;
}

/**
 * An amount that may be moved: positive, exact to the minor unit, at most the largest amount.
 * `field` is the way to the amount in the mutation's arguments.
 */
export function parseAmount(input: MoneyInput, field: readonly string[]): Money | Refusal<'INVALID_AMOUNT'> {
  const { amount, currency } = input;
  const digits = minorDigits[currency];
  if (amount.scale > digits) {
    return refuse('INVALID_AMOUNT', `${currency} has ${digits} decimal places.`, field);
  }
  const minor = amount.unscaled * 10n ** BigInt(digits - amount.scale);
  if (minor <= 0n) return refuse('INVALID_AMOUNT', 'The amount must be greater than zero.', field);
  if (minor > largestAmountMinor) {
    return refuse(
      'INVALID_AMOUNT',
      `The largest amount is ${formatAmount({ minor: largestAmountMinor, currency })}.`,
      field,
    );
  }
  return { minor, currency };
}

/** `"12.50"`: with exactly the currency's number of decimal places. */
export function formatAmount({ minor, currency }: Money): string {
  return formatDecimal({ unscaled: minor, scale: minorDigits[currency] });
}

/** The schema's `Money`. */
export function moneyView(minor: bigint, currency: Currency) {
  return { amount: formatAmount({ minor, currency }), currency };
}
