import { type CurrencyFacts, currencyFacts } from './currencies.ts';

export { currencyFacts };

/** An ISO 4217 code. */
export type Currency = keyof typeof currencyFacts;

export const currencies = Object.keys(currencyFacts) as [Currency, ...Currency[]];

/** The number of decimal places of each currency. */
export const minorDigits = forEachCurrency(({ digits }) => digits);

/** For sentences, such as `your euro account`. */
export const currencyNames = forEachCurrency(({ name }) => name);

/** An amount inside the product: a whole number of minor units. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** One value for each currency. */
export function forEachCurrency<Value>(
  valueOf: (facts: CurrencyFacts, currency: Currency) => Value,
): Readonly<Record<Currency, Value>> {
  const values = currencies.map((currency) => [currency, valueOf(currencyFacts[currency], currency)]);
  return Object.fromEntries(values) as Record<Currency, Value>;
}
