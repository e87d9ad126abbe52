export type Currency = 'USD' | 'EUR' | 'CNY';

/** ISO 4217: each of the three has two decimal places. */
export const minorDigits: Readonly<Record<Currency, number>> = { USD: 2, EUR: 2, CNY: 2 };

/** For sentences, such as `your euro account`. */
export const currencyNames: Readonly<Record<Currency, string>> = {
  USD: 'US dollar',
  EUR: 'euro',
  CNY: 'Chinese yuan',
};

export const currencies = Object.keys(minorDigits) as readonly Currency[];

/** An amount inside: a whole number of minor units. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}
