import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { currencies, type Currency, forEachCurrency } from '#platform/money/currency.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { largestAmountMinor } from '#platform/money/money.ts';
import { amountToReceive, convert, type Rates, shownRate, transferFee } from './exchange.ts';

const defaults: Rates = forEachCurrency(({ rate }) => parseDecimal(rate)!);
const rates: Rates = { ...defaults, EUR: parseDecimal('0.90')!, CNY: parseDecimal('6.94')! };

describe('conversion', () => {
  // The received amounts for 0.01, 0.49, 0.50, 0.99, 1.00 and the largest amount, computed by hand from the rates.
  test.each<[Currency, Currency, ...bigint[]]>([
    ['USD', 'USD', 1n, 49n, 50n, 99n, 100n, 100_000_000_000n],
    ['USD', 'EUR', 0n, 44n, 45n, 89n, 90n, 90_000_000_000n],
    ['USD', 'CNY', 6n, 340n, 347n, 687n, 694n, 694_000_000_000n],
    ['EUR', 'USD', 1n, 54n, 55n, 110n, 111n, 111_111_111_111n],
    ['EUR', 'EUR', 1n, 49n, 50n, 99n, 100n, 100_000_000_000n],
    ['EUR', 'CNY', 7n, 377n, 385n, 763n, 771n, 771_111_111_111n],
    ['CNY', 'USD', 0n, 7n, 7n, 14n, 14n, 14_409_221_902n],
    ['CNY', 'EUR', 0n, 6n, 6n, 12n, 12n, 12_968_299_711n],
    ['CNY', 'CNY', 1n, 49n, 50n, 99n, 100n, 100_000_000_000n],
  ])('%s to %s rounds down', (from, to, ...arrives) => {
    const amounts = [1n, 49n, 50n, 99n, 100n, largestAmountMinor('USD')];
    expect(amounts.map((amount) => convert(amount, from, to, rates))).toEqual(arrives);
  });

  test('of what is received costs the smallest amount that is worth it, whatever the rates', () => {
    const digits = fc.integer({ min: 0, max: 6 });
    const rate = fc.record({ unscaled: fc.bigInt({ min: 1n, max: 10n ** 9n }), scale: digits });
    const currency = fc.constantFrom(...currencies);
    const amounts = fc.bigInt({ min: 1n, max: largestAmountMinor('USD') });
    fc.assert(
      fc.property(amounts, currency, currency, rate, rate, (received, from, to, one, other) => {
        const given: Rates = from === to ? rates : { ...rates, [from]: one, [to]: other };
        const cost = amountToReceive(received, from, to, given);

        expect(convert(cost, from, to, given)).toBeGreaterThanOrEqual(received);
        expect(convert(cost - 1n, from, to, given)).toBeLessThan(received);
      }),
    );
  });

  test('gains nothing on any round trip, at any amount up to ten units', () => {
    const gains: string[] = [];
    for (const first of currencies) {
      for (const second of currencies) {
        for (const third of currencies) {
          for (let amount = 1n; amount <= 1000n; amount += 1n) {
            const there = convert(convert(amount, first, second, rates), second, third, rates);
            const back = convert(there, third, first, rates);
            if (back > amount) gains.push(`${amount} ${first} by ${second} and ${third} became ${back}`);
          }
        }
      }
    }
    expect(gains).toEqual([]);
  });

  test('gains nothing at any rates', () => {
    const rate = fc.bigInt({ min: 1n, max: 10n ** 9n }).map((unscaled) => ({ unscaled, scale: 4 }));
    fc.assert(
      fc.property(rate, rate, fc.bigInt({ min: 1n, max: largestAmountMinor('EUR') }), (EUR, CNY, amount) => {
        const any: Rates = { ...rates, EUR, CNY };
        return convert(convert(amount, 'EUR', 'CNY', any), 'CNY', 'EUR', any) <= amount;
      }),
    );
  });
});

describe('the shown rate', () => {
  test.each<[Currency, Currency, string]>([
    ['USD', 'EUR', '0.9000000000'],
    ['USD', 'CNY', '6.940000000'],
    ['EUR', 'USD', '1.111111111'],
    ['EUR', 'CNY', '7.711111111'],
    ['CNY', 'USD', '0.1440922190'],
    ['CNY', 'EUR', '0.1296829971'],
  ])('from %s to %s has ten significant digits', (from, to, rate) => {
    expect(shownRate(from, to, rates)).toBe(rate);
  });
});

describe('the fee of a transfer to another customer', () => {
  // One per cent of 0.01, 0.49, 0.50, 0.99, 1.00, 1.01, 100.00 and the largest amount.
  test.each([
    [1n, 1n],
    [49n, 1n],
    [50n, 1n],
    [99n, 1n],
    [100n, 1n],
    [101n, 2n],
    [10_000n, 100n],
    [largestAmountMinor('USD'), 1_000_000_000n],
  ])('of %i minor units is %i', (amount, fee) => {
    expect(transferFee(amount)).toBe(fee);
  });
});
