import { domainToASCII } from 'node:url';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/** An email address as it was typed, without the space around it, and its key. */
export interface Email {
  readonly email: string;
  /** The same for every spelling of one address. */
  readonly emailKey: string;
}

/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets, angle brackets included. In UTF-16 code units. */
const longestEmail = 254;

/** Reads an address that somebody registers with or changes to. */
export function parseEmail(text: string): Email | Refusal<'INVALID_EMAIL'> {
  const tooLong = refusedLongEmail(text);
  if (tooLong !== null) return tooLong;
  const email = text.trim();
  const key = emailKey(email);
  // Compatible forms of `@`, of space and of brackets show only in the key.
  return isAddress(email) && isAddress(key) && hasHostname(key) ? { email, emailKey: key } : invalid;
}

/** The refusal of a text that is longer than any address; null where it is not. */
export function refusedLongEmail(text: string): Refusal<'INVALID_EMAIL'> | null {
  if (text.length <= longestEmail) return null;
  return refuse('INVALID_EMAIL', `The email address must have at most ${longestEmail} characters.`, field);
}

const field = ['input', 'email'];
const invalid = refuse('INVALID_EMAIL', 'Enter an email address, such as name@example.com.', field);

/**
 * The local part: words of an address's characters, separated by dots. There is no space, no control or invisible
 * character, and none that would need quoting: it could make one address look like another in a message's header.
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

/** The part of an address that names a person within its domain. */
export function localPartOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('@')));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/**
 * What all spellings of one address have in common. The local part is compared without regard to case and compatible
 * Unicode forms. The domain is compared in its ASCII form, in which DNS knows it: there `ß` and `ss` are two names.
 * What is no address has a key too, which nobody's address has.
 *
 * @throws RangeError where the text is longer than an address: its caller has not looked.
 */
export function emailKey(text: string): string {
  if (text.length > longestEmail) throw new RangeError('a text that may be too long for an address was not checked');
  const address = text.normalize('NFKC').trim();
  const at = address.lastIndexOf('@');
  if (at === -1) return foldCase(address);
  const domain = address.slice(at + 1);
  const ascii = domainPattern.test(domain) ? domainToASCII(domain) : '';
  return `${foldCase(address.slice(0, at))}@${ascii === '' ? foldCase(domain) : ascii}`;
}

/**
 * The key of somebody whose address had a key of its own before another spelling of it counted as the same: it is only
 * found as it was typed. No other key has a space.
 */
export function twinKey(text: string): string {
  return `${emailKey(text)} ${text.trim()}`;
}

/** The same for texts that differ in case or compatible forms only (The Unicode Standard, 3.13, D146). */
function foldCase(text: string): string {
  return caseFolded(caseFolded(text.normalize('NFD')).normalize('NFKD')).normalize('NFKC');
}

/**
 * Unicode's case folding. By character, since the small form of a sigma depends on its neighbours; by way of capitals,
 * which `ß` and `SS` share. The dotless `ı` is a letter of its own, although its capital is `I`.
 */
function caseFolded(text: string): string {
  return Array.from(text, (character) =>
    character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase(),
  ).join('');
}
