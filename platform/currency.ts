export type Currency = 'USD' | 'EUR' | 'CNY';

/** ISO 4217: each of the three has two decimal places. */
export const minorDigits: Readonly<Record<Currency, number>> = { USD: 2, EUR: 2, CNY: 2 };

export const currencies = Object.keys(minorDigits) as readonly Currency[];

/** An amount inside: a whole number of minor units. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}
