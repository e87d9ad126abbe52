import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Currency, Money } from './currency.ts';
import { type Decimal, formatDecimal, isAbove, parseDecimal } from './decimal.ts';
import { addMoreCurrencies, CLF, GBP, JPY, KWD, more } from '#test/more-currencies.ts';

addMoreCurrencies();
const { currencies, currencyNames, minorDigits } = await import('./currency.ts');
const { displayMoney, formatAmount, largestAmountMinor, parseAmount } = await import('./money.ts');
const { comparable, comparableAtLeast, comparableAtMost } = await import('./comparable.ts');
const { isRefusal } = await import('../errors/refusal.ts');

const parse = (text: string, currency: Currency) => parseAmount({ amount: parseDecimal(text)!, currency }, ['amount']);

test('the currencies are those of the list, in its order', () => {
  expect(currencies).toEqual(more);
  expect(currencyNames[JPY]).toBe('Japanese yen');
});

test.each([
  ['1250', JPY, 1_250n, '1250', '¥1,250'],
  ['0.001', KWD, 1n, '0.001', 'KWD\u00a00.001'],
  ['12.5', KWD, 12_500n, '12.500', 'KWD\u00a012.500'],
  ['12.5', GBP, 1_250n, '12.50', '£12.50'],
  ['12.5', CLF, 125_000n, '12.5000', 'CLF\u00a012.5000'],
  ['12.5', 'USD', 1_250n, '12.50', '$12.50'],
] as const)(
  '%s of %s is parsed, formatted and displayed with its decimal places',
  (text, currency, minor, amount, shown) => {
    expect(parse(text, currency)).toEqual({ minor, currency });
    expect(formatAmount({ minor, currency })).toBe(amount);
    expect(displayMoney({ minor, currency })).toBe(shown);
  },
);

test.each([
  ['1.0', JPY, 'Use no decimal places for JPY.'],
  ['0.1', JPY, 'Use no decimal places for JPY.'],
  ['1.0000', KWD, 'Use at most 3 decimal places for KWD.'],
  ['1.000', GBP, 'Use at most 2 decimal places for GBP.'],
  ['0', JPY, 'Enter an amount greater than zero.'],
  ['1000000001', JPY, 'Enter at most ¥1,000,000,000.'],
  ['1000000000.001', KWD, 'Enter at most KWD\u00a01,000,000,000.000.'],
] as const)('%s of %s is refused', (text, currency, message) => {
  expect(parse(text, currency)).toMatchObject({ refused: 'INVALID_AMOUNT', message });
});

const someCurrency = fc.constantFrom(...more);
const someMoney: fc.Arbitrary<Money> = someCurrency.chain((currency) =>
  fc.bigInt({ min: 1n, max: largestAmountMinor(currency) }).map((minor) => ({ minor, currency })),
);
const decimalOf = ({ minor, currency }: Money): Decimal => ({ unscaled: minor, scale: minorDigits[currency] });

test('an amount up to the largest is parsed as it was formatted, in every currency', () => {
  fc.assert(
    fc.property(someMoney, (money) => {
      expect(parse(formatAmount(money), money.currency)).toEqual(money);
      expect(formatAmount(money)).toBe(formatDecimal(decimalOf(money)));
    }),
  );
});

test('one minor unit above the largest amount is refused, in every currency', () => {
  for (const currency of more) {
    const [largest, above] = [0n, 1n].map((more) => ({ minor: largestAmountMinor(currency) + more, currency }));
    expect([currency, isRefusal(parse(formatAmount(largest!), currency))]).toEqual([currency, false]);
    expect([currency, isRefusal(parse(formatAmount(above!), currency))]).toEqual([currency, true]);
  }
});

test('amounts of any two currencies compare as their numbers do', () => {
  fc.assert(
    fc.property(someMoney, someMoney, (one, other) => {
      expect(comparable(one) > comparable(other)).toBe(isAbove(decimalOf(one), decimalOf(other)));
    }),
  );
});

test('an amount is within bounds exactly where its number is, in every currency', () => {
  const bound = fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 20 }))
    .map(([unscaled, scale]) => ({ unscaled, scale }));
  fc.assert(
    fc.property(someMoney, bound, (money, limit) => {
      expect(comparable(money) >= comparableAtLeast(limit)).toBe(!isAbove(limit, decimalOf(money)));
      expect(comparable(money) <= comparableAtMost(limit)).toBe(!isAbove(decimalOf(money), limit));
    }),
  );
});
