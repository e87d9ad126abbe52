import { isId } from './ids.ts';

/** Crockford's alphabet: no I, L, O or U, so that a person can read a number out. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 26;
const numberPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * The number of a transaction's receipt: its id as a ULID (26 characters). Each id has exactly one number, so no counter
 * is needed, and numbers sort by time.
 *
 * @param transactionId a UUID.
 */
export function receiptNumberOf(transactionId: string): string {
  let rest = BigInt(`0x${transactionId.replaceAll('-', '')}`);
  let digits = '';
  while (digits.length < length) {
    digits = alphabet[Number(rest & 31n)]! + digits;
    rest >>= 5n;
  }
  return digits;
}

/** The id of the transaction whose receipt has this number, in any case; null for a text that is no such number. */
export function transactionIdOf(receiptNumber: string): string | null {
  if (receiptNumber.length !== length) return null;
  const number = receiptNumber.toUpperCase();
  if (!numberPattern.test(number)) return null;
  const value = Array.from(number).reduce((sum, digit) => (sum << 5n) | BigInt(alphabet.indexOf(digit)), 0n);
  const hex = value.toString(16).padStart(32, '0');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isId(id) ? id : null;
}
