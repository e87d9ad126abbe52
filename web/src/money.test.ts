import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { currencies, type Currency, currencyNames as serverCurrencyNames } from '#platform/money/currency.ts';
import { formatDecimal } from '#platform/money/decimal.ts';
import { displayMoney, formatAmount, largestAmountMinor } from '#platform/money/money.ts';
import {
  add,
  currencyNames,
  exampleAmount,
  excess,
  exceeds,
  formatMoney,
  formatMovement,
  multiply,
  parseAmount,
  typedAmount,
} from './money.ts';

describe('an amount as a person types it', () => {
  test.each([
    ['12.50', 'en-US', '12.50'],
    ['1,234.50', 'en-US', '1234.50'],
    ['1,000', 'en-US', '1000'],
    ['12,50', 'en-US', '12.50'],
    ['12,50', 'de-DE', '12.50'],
    ['1.234,50', 'de-DE', '1234.50'],
    ['1.000', 'de-DE', '1000'],
    ['12.50', 'de-DE', '12.50'],
    ['1 234,50', 'fr-FR', '1234.50'],
    [' 7 ', 'en-US', '7'],
    ['.5', 'en-US', '0.5'],
    ['5.', 'en-US', '5'],
    ['007', 'en-US', '7'],
    ['99999999999999999.99', 'en-US', '99999999999999999.99'],
    ['١٬٢٣٤٫٥٠', 'ar-EG', '1234.50'],
    ['12.50', 'ar-EG', '12.50'],
    ['۷٫۲۵', 'fa-IR', '7.25'],
  ])('%s in %s is %s', (text, locale, amount) => {
    expect(parseAmount(text, locale)).toBe(amount);
  });

  test.each(['', '.', ',', '-1', '1e3', 'NaN', '12.5.0', '1,00,000.0', '٣', 'ten'])('%s is no amount', (text) => {
    expect(parseAmount(text, 'en-US')).toBeNull();
  });
});

test('an amount with more digits than a float has is shown whole', () => {
  expect(formatMoney({ amount: '90071992547409931.07', currency: 'USD' }, 'en-US')).toBe('$90,071,992,547,409,931.07');
});

test('messages of the server and the console name currencies alike', () => {
  expect(currencyNames).toEqual(serverCurrencyNames);
});

test.each([
  ['USD', 'en-US', '12.50'],
  ['EUR', 'de-DE', '12,50'],
  ['JPY', 'en-US', '12'],
  ['KWD', 'en-US', '12.500'],
  [undefined, 'en-US', '12.50'],
])('the example of an amount in %s has the decimal places of the currency in %s', (currency, locale, example) => {
  expect(exampleAmount('12.5', currency as Currency | undefined, locale)).toBe(example);
});

test.each(currencies)('messages and errors show an amount in %s as the console does in English', (currency) => {
  for (const minor of [0n, 1n, 99n, 100n, 123_456_789n, largestAmountMinor(currency), 99_999_999_999_999_999n]) {
    const amount = formatAmount({ minor, currency });
    expect(displayMoney({ minor, currency })).toBe(formatMoney({ amount, currency }, 'en-US'));
  }
});

test.each([
  ['in', 'en-US', '+$75.10'],
  ['out', 'en-US', '−$75.10'],
  ['out', 'de-DE', '−75,10\u00a0$'],
] as const)('money that goes %s in %s is %s', (direction, locale, shown) => {
  expect(formatMovement({ amount: '75.10', currency: 'USD' }, direction, locale)).toBe(shown);
});

test.each([
  ['100.01', '100.00', true],
  ['100.00', '100.00', false],
  ['9.99', '10.00', false],
  ['90071992547409931.08', '90071992547409931.07', true],
])('%s exceeds %s: %s', (amount, other, does) => {
  expect(exceeds(amount, other)).toBe(does);
});

test.each([
  ['0.10', 3n, '0.30'],
  ['12.50', 2n, '25.00'],
  ['7', 6n, '42'],
  ['0.01', 0n, '0.00'],
  ['90071992547409931.07', 10n, '900719925474099310.70'],
])('%s times %s is exactly %s', (amount, times, product) => {
  expect(multiply(amount, times)).toBe(product);
});

const amounts = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.nat({ max: 3 }))
  .map(([unscaled, scale]) => formatDecimal({ unscaled, scale }));

test.each(['en-US', 'de-DE', 'fr-FR', 'ar-EG', 'fa-IR', 'de-CH', 'hi-IN'])(
  'an amount that fills a field in %s is read as the same amount',
  (locale) => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseAmount(typedAmount(amount, locale), locale)).toBe(amount);
      }),
    );
  },
);

test('adding to an amount and taking it away again are exact', () => {
  const positive = fc.bigInt({ min: 1n, max: 10n ** 18n }).map((unscaled) => formatDecimal({ unscaled, scale: 2 }));
  fc.assert(
    fc.property(positive, positive, (amount, other) => {
      const total = add(amount, other);
      expect([excess(total, other), excess(other, total)]).toEqual([amount, null]);
    }),
  );
  expect(add('999999999999.99', '0.01')).toBe('1000000000000.00');
  expect(excess('1000000000000.00', '0.01')).toBe('999999999999.99');
});
