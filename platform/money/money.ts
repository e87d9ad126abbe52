import { currencies, type Currency, type Money, minorDigits } from './currency.ts';
import { type Decimal, formatDecimal } from './decimal.ts';
import { type Refusal, refuse } from '../errors/refusal.ts';

/**
 * The largest amount in minor units: one thousand million units of the currency. It is above any payment, and low
 * enough that no sum overflows 64 bits.
 */
export function largestAmountMinor(currency: Currency): bigint {
  return 1_000_000_000n * 10n ** BigInt(minorDigits[currency]);
}

export interface MoneyInput {
  readonly amount: Decimal;
  readonly currency: Currency;
}

/**
 * Returns an amount that may be moved: positive, exact to the minor unit, at most the largest amount.
 * `field` is the path of the amount in the mutation's arguments.
 */
export function parseAmount(input: MoneyInput, field: readonly string[]): Money | Refusal<'INVALID_AMOUNT'> {
  const { amount, currency } = input;
  const digits = minorDigits[currency];
  if (amount.scale > digits) {
    const places = digits === 0 ? 'no' : `at most ${digits}`;
    return refuse('INVALID_AMOUNT', `Use ${places} decimal places for ${currency}.`, field);
  }
  const minor = amount.unscaled * 10n ** BigInt(digits - amount.scale);
  if (minor <= 0n) return refuse('INVALID_AMOUNT', 'Enter an amount greater than zero.', field);
  const largestMinor = largestAmountMinor(currency);
  if (minor > largestMinor) {
    const largest = displayMoney({ minor: largestMinor, currency });
    return refuse('INVALID_AMOUNT', `Enter at most ${largest}.`, field);
  }
  return { minor, currency };
}

/** `"12.50"`: with exactly the currency's number of decimal places. */
export function formatAmount({ minor, currency }: Money): string {
  return formatDecimal({ unscaled: minor, scale: minorDigits[currency] });
}

const displayFormats = new Map(
  currencies.map((currency) => {
    const digits = { minimumFractionDigits: minorDigits[currency], maximumFractionDigits: minorDigits[currency] };
    return [currency, new Intl.NumberFormat('en-US', { style: 'currency', currency, ...digits })] as const;
  }),
);

/**
 * `"$1,250.00"`: an amount in a sentence for a person. Messages and errors are in English, so they show amounts as the
 * web console shows them in an English browser. Formatting the decimal string keeps every digit exact.
 */
export function displayMoney(money: Money): string {
  return displayFormats.get(money.currency)!.format(formatAmount(money) as Intl.StringNumericLiteral);
}

/** The schema's `Money`. */
export function moneyView(minor: bigint, currency: Currency) {
  return { amount: formatAmount({ minor, currency }), currency };
}
