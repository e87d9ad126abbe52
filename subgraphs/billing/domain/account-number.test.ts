import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountNumber, isAccountNumber } from './account-number.ts';

const serials = fc.bigInt({ min: 10_000_000n, max: 999_999_999n });

describe('an account number', () => {
  test('is valid as it was given out', () => {
    fc.assert(fc.property(serials, (serial) => isAccountNumber(accountNumber(serial))));
  });

  test('is caught with any one digit mistyped', () => {
    fc.assert(
      fc.property(serials, fc.nat(), fc.integer({ min: 1, max: 9 }), (serial, place, shift) => {
        const number = accountNumber(serial);
        const at = place % number.length;
        const wrong = `${number.slice(0, at)}${(Number(number[at]) + shift) % 10}${number.slice(at + 1)}`;
        return !isAccountNumber(wrong);
      }),
    );
  });

  // The standard's own example (ISO 7064, MOD 11,10).
  test('has the check digit of the standard', () => {
    expect(isAccountNumber('07945')).toBe(true);
    expect(isAccountNumber('07946')).toBe(false);
  });

  test.each(['', '7', 'abc', '١٢٣٤', ' 7945', '7945 ', '-7945'])('is not %j', (text) => {
    expect(isAccountNumber(text)).toBe(false);
  });
});
