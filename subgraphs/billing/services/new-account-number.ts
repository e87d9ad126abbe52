import { randomInt } from 'node:crypto';
import { randomDigits, withCheckDigit } from '#billing/domain/account-number.ts';

const least = 10 ** (randomDigits - 1);

/**
 * Draws a number for a new account. It is random, so it does not reveal how many accounts there are or whose account
 * was opened next. Another account can have it already: the database refuses it then.
 */
export function newAccountNumber(): string {
  return withCheckDigit(randomInt(least, 10 * least).toString());
}
