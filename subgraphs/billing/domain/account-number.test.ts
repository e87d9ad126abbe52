import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newAccountNumber } from '#billing/services/new-account-number.ts';
import { accountNumberFault, hasCheckDigit, isAccountNumber, withCheckDigit } from './account-number.ts';

const numbers = fc.constant(null).map(newAccountNumber);

describe('an account number', () => {
  test('is valid, both when drawn at random and from before version 0.2.0', () => {
    fc.assert(fc.property(numbers, isAccountNumber));
    for (const old of ['100000008', '100000016', '100000024']) expect(isAccountNumber(old)).toBe(true);
  });

  test('has 12 digits and no leading zero', () => {
    fc.assert(fc.property(numbers, (number) => /^[1-9][0-9]{11}$/.test(number)));
  });

  test('is invalid with any one digit mistyped', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, index, shift) => {
        const at = index % number.length;
        const wrong = `${number.slice(0, at)}${(Number(number[at]) + shift) % 10}${number.slice(at + 1)}`;
        return accountNumberFault(wrong) === 'This is not an account number: a digit is wrong.';
      }),
    );
  });

  test('does not reveal the previous one: a thousand of them cover the whole range, in no order', () => {
    const drawn = Array.from({ length: 1_000 }, () => Number(newAccountNumber()));
    const risen = drawn.filter((number, index) => index > 0 && number > drawn[index - 1]!).length;
    const bands = new Set(drawn.map((number) => Math.trunc(number / 1e10)));

    // Each bound fails by chance once in about 10 million runs.
    expect(new Set(drawn).size).toBe(1_000);
    expect(risen).toBeGreaterThan(400);
    expect(risen).toBeLessThan(600);
    expect(bands.size).toBe(90);
  });

  // The example of the standard (ISO 7064, MOD 11,10).
  test('has the check digit of the standard', () => {
    expect(withCheckDigit('0794')).toBe('07945');
    expect(hasCheckDigit('07945')).toBe(true);
    expect(hasCheckDigit('07946')).toBe(false);
  });

  test.each(['', '7', 'abc', '١٢٣٤', ' 100000008', '100000008 ', '-00000008', '07945', '1'.repeat(13)])(
    'is not %j',
    (text) => {
      expect(accountNumberFault(text)).toBe('An account number has 12 digits.');
    },
  );
});
