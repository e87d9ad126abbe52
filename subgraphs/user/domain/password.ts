import { hasCharacters } from '#platform/validation/characters.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { localPartOf } from './email.ts';

const shortestPassword = 8;
const longestPassword = 200;

/** The texts that an attacker tries first. */
export interface Guesses {
  /** Common passwords, in lower case. */
  readonly common: ReadonlySet<string>;
  /** The address of the user who chooses the password; null if it is unknown. */
  readonly emailKey: string | null;
}

/**
 * Refuses a weak password; null if the password is allowed.
 *
 * @param field the path to the password in the mutation's arguments.
 */
export function refusedPassword(
  password: string,
  guesses: Guesses,
  field: readonly string[],
): Refusal<'WEAK_PASSWORD'> | null {
  const reason = weakness(password, guesses);
  return reason === null ? null : refuse('WEAK_PASSWORD', reason, field);
}

function weakness(password: string, { common, emailKey }: Guesses): string | null {
  if (!hasCharacters(password, shortestPassword, longestPassword)) {
    return `The password must have ${shortestPassword} to ${longestPassword} characters.`;
  }
  const folded = password.normalize('NFKC').toLowerCase();
  if (common.has(folded.trim()) || isOneCharacter(folded)) {
    return 'This password is very common. Choose another one.';
  }
  if (emailKey !== null && containsName(folded, localPartOf(emailKey))) {
    return 'Choose a password that does not contain the name in your email address.';
  }
  return null;
}

function isOneCharacter(text: string): boolean {
  return new Set(text).size === 1;
}

/** Too many words contain a shorter name. */
const shortestName = 3;

function containsName(password: string, name: string): boolean {
  // What follows a `+` is a tag, not a name.
  const untagged = name.replace(/\+.*$/, '');
  return [name, untagged].some((part) => part.length >= shortestName && password.includes(part));
}

/** Whether a text is longer than any password. Check this before any work on the text. */
export function isTooLongForPassword(text: string): boolean {
  return !hasCharacters(text, 0, longestPassword);
}

/** @see isTooLongForPassword */
export function refusedLongPassword(text: string, field: readonly string[]): Refusal<'INVALID_CREDENTIALS'> | null {
  if (!isTooLongForPassword(text)) return null;
  return refuse('INVALID_CREDENTIALS', `The password must have at most ${longestPassword} characters.`, field);
}
