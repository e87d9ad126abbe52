import { idCharacters } from '#platform/validation/ids.ts';

/** The number of digits before the check digit. */
export const randomDigits = 11;

/** Numbers from before version 0.2.0 were not random: they have 8 digits and the check digit. */
const lengths: readonly number[] = [randomDigits + 1, 9];

/**
 * Appends the check digit of ISO 7064, MOD 11,10. It detects every mistyped digit and nearly every swap of two
 * neighbouring digits.
 */
export function withCheckDigit(digits: string): string {
  return `${digits}${(11 - product(digits)) % 10}`;
}

/** Whether an account could have this number. */
export function isAccountNumber(text: string): boolean {
  return accountNumberFault(text) === null;
}

/** A sentence that says why a text is not an account number; null where it is one. */
export function accountNumberFault(text: string): string | null {
  if (!lengths.includes(text.length) || !/^[0-9]+$/.test(text)) return `An account number has ${lengths[0]} digits.`;
  return hasCheckDigit(text) ? null : 'This is not an account number: a digit is wrong.';
}

/** Whether the last of these digits checks the others. */
export function hasCheckDigit(digits: string): boolean {
  return (product(digits.slice(0, -1)) + Number(digits.at(-1))) % 10 === 1;
}

/** Whether a text is longer than any id or number, and so names no account. */
export function isTooLongForName(text: string): boolean {
  return text.length > idCharacters;
}

/** The result of the standard's recursion over these digits. */
function product(digits: string): number {
  let carried = 10;
  for (const digit of digits) {
    const sum = (carried + Number(digit)) % 10;
    carried = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return carried;
}
