import { domainToASCII } from 'node:url';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/** An email address as typed, without surrounding space, and its key. */
export interface Email {
  readonly email: string;
  /** Equal for all spellings of one address. */
  readonly emailKey: string;
}

/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets, angle brackets included. In UTF-16 code units. */
const longestEmail = 254;

/** Reads the address of a registration or of a change of the profile. */
export function parseEmail(text: string): Email | Refusal<'INVALID_EMAIL'> {
  const tooLong = refusedLongEmail(text);
  if (tooLong !== null) return tooLong;
  const email = text.trim();
  const key = emailKey(email);
  // Only the key shows whether a character is a compatible form of `@`, a space or a bracket.
  return isAddress(email) && isAddress(key) && hasHostname(key) ? { email, emailKey: key } : invalid;
}

/** Refuses a text that is longer than any address; null if it is not. */
export function refusedLongEmail(text: string): Refusal<'INVALID_EMAIL'> | null {
  if (text.length <= longestEmail) return null;
  return refuse('INVALID_EMAIL', `The email address must have at most ${longestEmail} characters.`, field);
}

const field = ['input', 'email'];
const invalid = refuse('INVALID_EMAIL', 'Enter an email address, such as name@example.com.', field);

/**
 * The local part: words of address characters, separated by dots. It excludes spaces, control and invisible characters,
 * and characters that need quoting: they could make one address look like another in a message's header.
 */
const word = String.raw`[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\s@<>()[\]\\,;:".]+`;
const label = String.raw`[\p{L}\p{N}\p{M}-]+`;
const domainPattern = new RegExp(String.raw`^${label}(?:\.${label})*$`, 'u');
const addressPattern = new RegExp(String.raw`^${word}(?:\.${word})*@${label}(?:\.${label})+$`, 'u');

function isAddress(text: string): boolean {
  return text.length <= longestEmail && addressPattern.test(text);
}

/** RFC 1123, 2.1: labels of letters, digits and inner hyphens; the last one is never a number. */
const hostnamePattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

function hasHostname(key: string): boolean {
  return hostnamePattern.test(domainOf(key));
}

/** The local part of an address: the text before the last `@`. */
export function localPartOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('@')));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/**
 * The key that all spellings of one address share. The local part ignores case and compatible Unicode forms. The
 * domain is in its ASCII form, as in DNS, where `ß` and `ss` are two names. A text that is not an address has a key
 * too, which no address has.
 *
 * @throws RangeError if the text is longer than an address: the caller must check the length first.
 */
export function emailKey(text: string): string {
  if (text.length > longestEmail) throw new RangeError('the caller did not check the length of an address');
  const address = text.normalize('NFKC').trim();
  const at = address.lastIndexOf('@');
  if (at === -1) return foldCase(address);
  const domain = address.slice(at + 1);
  const ascii = domainPattern.test(domain) ? domainToASCII(domain) : '';
  return `${foldCase(address.slice(0, at))}@${ascii === '' ? foldCase(domain) : ascii}`;
}

/**
 * The key of a user whose address had a separate key before another spelling of it had the same key. Only the exact
 * spelling finds this user. No other key contains a space.
 */
export function twinKey(text: string): string {
  return `${emailKey(text)} ${text.trim()}`;
}

/** Equal for texts that differ only in case or compatible forms (The Unicode Standard, 3.13, D146). */
function foldCase(text: string): string {
  return caseFolded(caseFolded(text.normalize('NFD')).normalize('NFKD')).normalize('NFKC');
}

/**
 * Unicode's case folding. It works by character, since the lower case of a sigma depends on its neighbours. It goes
 * through upper case, which `ß` and `SS` share. The dotless `ı` stays a separate letter, although its upper case is `I`.
 */
function caseFolded(text: string): string {
  return Array.from(text, (character) =>
    character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase(),
  ).join('');
}
