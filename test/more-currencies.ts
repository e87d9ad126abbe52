import { jest } from '@jest/globals';
import { type CurrencyFacts, currencyFacts } from '#platform/money/currencies.ts';
import type { Currency } from '#platform/money/currency.ts';

const migration = '2027-01-05-more-currencies';

/** The product's currencies, and some with other numbers of decimal places: none, three, and four. */
const moreFacts: Readonly<Record<string, CurrencyFacts>> = {
  ...currencyFacts,
  ...missingFrom(currencyFacts, {
    GBP: { digits: 2, name: 'pound sterling', rate: '0.79', migration },
    JPY: { digits: 0, name: 'Japanese yen', rate: '151.20', migration },
    KWD: { digits: 3, name: 'Kuwaiti dinar', rate: '0.307', migration },
    CLF: { digits: 4, name: 'Chilean unit of account', rate: '0.0245', migration },
  }),
};

/** The codes of the product's own currencies. */
export const productCurrencies = Object.keys(currencyFacts) as Currency[];

/** The entries that the product does not have yet. */
function missingFrom(product: object, entries: Readonly<Record<string, CurrencyFacts>>) {
  return Object.fromEntries(Object.entries(entries).filter(([code]) => !(code in product)));
}

/** The codes of all of them, for code whose types know the product's own. */
export const more = Object.keys(moreFacts) as Currency[];
export const [GBP, JPY, KWD, CLF] = ['GBP', 'JPY', 'KWD', 'CLF'] as unknown as [Currency, Currency, Currency, Currency];

/** Modules that are imported from here on know these currencies. Modules that are imported already do not. */
export function addMoreCurrencies(): void {
  jest.resetModules();
  jest.unstable_mockModule('#platform/money/currencies.ts', () => ({ currencyFacts: moreFacts }));
}
