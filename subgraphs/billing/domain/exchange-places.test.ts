import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Currency } from '#platform/money/currency.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { addMoreCurrencies, CLF, JPY, KWD, more } from '#test/more-currencies.ts';
import type { Rates } from './exchange.ts';

addMoreCurrencies();
const { forEachCurrency, minorDigits } = await import('#platform/money/currency.ts');
const { largestAmountMinor } = await import('#platform/money/money.ts');
const { convert, shownRate } = await import('./exchange.ts');
const { transferTerms } = await import('./transfer-terms.ts');
const { isRefusal } = await import('#platform/errors/refusal.ts');

const rates: Rates = forEachCurrency(({ rate }) => parseDecimal(rate)!);

// Computed by hand from 151.20 yen, 0.307 dinars and 0.0245 units of account for a dollar.
test.each<[string, Currency, bigint, Currency, bigint]>([
  ['1.00 USD is 151.20 yen', 'USD', 100n, JPY, 151n],
  ['100.00 USD is 15,120 yen', 'USD', 10_000n, JPY, 15_120n],
  ['151 yen is 0.998… USD', JPY, 151n, 'USD', 99n],
  ['152 yen is 1.005… USD', JPY, 152n, 'USD', 100n],
  ['1 yen is less than 0.01 USD', JPY, 1n, 'USD', 0n],
  ['0.01 USD is 0.00307 dinars', 'USD', 1n, KWD, 3n],
  ['0.001 dinars is 0.00325… USD', KWD, 1n, 'USD', 0n],
  ['1.000 dinar is 492.50… yen', KWD, 1_000n, JPY, 492n],
  ['1 yen is 0.00203… dinars', JPY, 1n, KWD, 2n],
  ['1.0000 unit of account is 12.530… dinars', CLF, 10_000n, KWD, 12_530n],
])('%s, rounded down', (_what, from, amount, to, arrives) => {
  expect(convert(amount, from, to, rates)).toBe(arrives);
});

test('the shown rate is for one unit of each currency, not for one minor unit', () => {
  expect(shownRate('USD', JPY, rates)).toBe('151.2000000');
  expect(shownRate(JPY, 'USD', rates)).toBe('0.006613756614');
  expect(shownRate(KWD, JPY, rates)).toBe('492.5081433');
});

test('no conversion to another currency and back gains money, at any rates', () => {
  const rate = fc.bigInt({ min: 1n, max: 10n ** 9n }).map((unscaled) => ({ unscaled, scale: 4 }));
  const currency = fc.constantFrom(...more);
  fc.assert(
    fc.property(
      currency,
      currency,
      rate,
      rate,
      fc.bigInt({ min: 1n, max: 10n ** 13n }),
      (from, to, one, other, any) => {
        const own: Rates = { ...rates, [from]: one, [to]: from === to ? one : other };
        const amount = any % largestAmountMinor(from);
        expect(convert(convert(amount, from, to, own), to, from, own)).toBeLessThanOrEqual(amount);
      },
    ),
  );
});

test('a conversion is the largest number of minor units that the exact rate covers', () => {
  const currency = fc.constantFrom(...more);
  fc.assert(
    fc.property(currency, currency, fc.bigInt({ min: 1n, max: 10n ** 13n }), (from, to, amount) => {
      const arrives = convert(amount, from, to, rates);
      // Both sides × the scales of the rates and the minor units: amount × rate(to) against arrives × rate(from).
      const unitsOf = (one: Currency) => 10n ** BigInt(minorDigits[one]);
      const scaled = (one: Currency) => rates[one].unscaled * 10n ** BigInt(10 - rates[one].scale);
      const given = amount * scaled(to) * unitsOf(to);
      expect(arrives * scaled(from) * unitsOf(from) <= given).toBe(true);
      expect((arrives + 1n) * scaled(from) * unitsOf(from) > given).toBe(true);
    }),
  );
});

test.each<[Currency, bigint, bigint]>([
  [JPY, 1n, 1n],
  [JPY, 100n, 1n],
  [JPY, 101n, 2n],
  [KWD, 1n, 1n],
  [KWD, 100_000n, 1_000n],
])('a transfer in %s of %i minor units costs one per cent, rounded up, in minor units: %i', (currency, amount, fee) => {
  const [from, to] = ['ada', 'bob'].map((customerId) => ({ id: customerId, customerId, currency }));
  expect(transferTerms(from!, to!, amount, rates)).toMatchObject({ feeMinor: fee, receivedMinor: amount });
});

test('a transfer of more than any account can hold is refused, at any rates', () => {
  const steep: Rates = { ...rates, USD: parseDecimal('0.000001')!, [KWD]: parseDecimal('1000000')! };
  const [from, to] = [
    { id: 'from', customerId: 'ada', currency: 'USD' as const },
    { id: 'to', customerId: 'ada', currency: KWD },
  ];
  const terms = transferTerms(from, to, largestAmountMinor('USD'), steep);
  expect(isRefusal(terms) && terms.refused).toBe('INVALID_AMOUNT');
});
