import { expect, test } from '@jest/globals';
import { addMoreCurrencies, more } from '#test/more-currencies.ts';

addMoreCurrencies();
const { minorDigits } = await import('#platform/money/currency.ts');
const { displayMoney, formatAmount, largestAmountMinor } = await import('#platform/money/money.ts');
const { currencyPlaces, formatMoney } = await import('./money.ts');

test.each(more)('the console formats amounts in %s as messages do', (currency) => {
  expect(currencyPlaces(currency)).toBe(minorDigits[currency]);
  for (const minor of [0n, 1n, 99n, 123_456_789n, largestAmountMinor(currency)]) {
    const amount = formatAmount({ minor, currency });
    expect(formatMoney({ amount, currency }, 'en-US')).toBe(displayMoney({ minor, currency }));
  }
});
