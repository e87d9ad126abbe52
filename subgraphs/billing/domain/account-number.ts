import { idCharacters } from '#platform/ids.ts';

/**
 * Account numbers end in a check digit by ISO 7064, MOD 11,10, which catches every mistyped digit and nearly
 * every pair of neighbours that changed places.
 */
export function accountNumber(serial: bigint): string {
  const digits = serial.toString();
  return `${digits}${(11 - product(digits)) % 10}`;
}

/** Whether it could be an account's number: digits of which the last checks the others. */
export function isAccountNumber(text: string): boolean {
  if (!/^[0-9]{2,20}$/.test(text)) return false;
  return (product(text.slice(0, -1)) + Number(text.at(-1))) % 10 === 1;
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
