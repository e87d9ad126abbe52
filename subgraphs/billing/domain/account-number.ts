import { idCharacters } from '#platform/validation/ids.ts';

/** The number of digits before the check digit. */
export const randomDigits = 11;

/** Numbers from before version 0.2.0 were not random: they have 8 digits and the check digit. */
const lengths: readonly number[] = [randomDigits + 1, 9];

/**
 * Appends the check digit of ISO 7064, MOD 11,10, which catches every mistyped digit and nearly every pair of
 * neighbours that changed places.
 */
export function withCheckDigit(digits: string): string {
  return `${digits}${(11 - product(digits)) % 10}`;
}

/** Whether an account could have this number. */
export function isAccountNumber(text: string): boolean {
  return accountNumberFault(text) === null;
}

/** What is wrong with a text that should be an account number, as a sentence; null where nothing is. */
export function accountNumberFault(text: string): string | null {
  if (!lengths.includes(text.length) || !/^[0-9]+$/.test(text)) return `An account number has ${lengths[0]} digits.`;
  return hasCheckDigit(text) ? null : 'This is not an account number: a digit is wrong.';
}

/** Whether the last of these digits checks the others. */
export function hasCheckDigit(digits: string): boolean {
  return (product(digits.slice(0, -1)) + Number(digits.at(-1))) % 10 === 1;
}

/** Whether a text is longer than any id or number. It names no account, and nothing else is done with it. */
export function isTooLongForName(text: string): boolean {
  return text.length > idCharacters;
}

/** What the standard's recursion leaves after these digits. */
function product(digits: string): number {
  let carried = 10;
  for (const digit of digits) {
    const sum = (carried + Number(digit)) % 10;
    carried = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return carried;
}
