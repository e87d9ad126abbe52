import { charactersOf } from '#platform/characters.ts';
import { type Refusal, refuse, together } from '#platform/refusal.ts';

/** What a person tells of themselves. */
export interface Profile {
  readonly email: string;
  readonly name: string;
}

/** A profile that may be stored: without the space around it, and with what tells its address from all others. */
export interface ProfileDraft extends Profile {
  readonly emailKey: string;
}

export interface Registration extends Profile {
  readonly password: string;
}

/** What is left out, or null, stays as it is. */
export interface ProfileChange {
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}

type ProfileFault = 'INVALID_EMAIL' | 'INVALID_NAME';
type RegistrationFault = ProfileFault | 'WEAK_PASSWORD';

/** Checks everything, and says everything that is wrong. */
export function draftUser({ email, name, password }: Registration): ProfileDraft | Refusal<RegistrationFault> {
  const refused = together<RegistrationFault>([
    refusedEmail(email),
    refusedName(name),
    refusedPassword(password, ['input', 'password']),
  ]);
  return refused ?? draftOf({ email, name });
}

/** What a change makes of a profile; only what is given is checked. */
export function changedProfile(current: Profile, { email, name }: ProfileChange): ProfileDraft | Refusal<ProfileFault> {
  const refused = together<ProfileFault>([
    email == null ? null : refusedEmail(email),
    name == null ? null : refusedName(name),
  ]);
  return refused ?? draftOf({ email: email ?? current.email, name: name ?? current.name });
}

function draftOf({ email, name }: Profile): ProfileDraft {
  return { email: email.trim(), emailKey: emailKey(email), name: name.trim() };
}

/**
 * What two spellings of one address have in common: compatible Unicode forms are one (NFKC), space around is
 * none, and letters are small. Lower case comes after NFKC, which turns some letters into capitals (ℰ into E),
 * and NFKC once more, so that the key of a key is itself.
 */
export function emailKey(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
}

/** RFC 5321, 4.5.3.1.3: a path of 256 octets, its angle brackets included. */
const longestEmail = 254;

/**
 * One `@`, with an address's characters around it: no space, no control or formatting characters, and none of
 * those that would need quoting, since they could make one address look like another in a message's header. A
 * domain needs no dot: whether mail arrives is not for its form to say.
 */
const addressPattern = /^[^\p{C}\p{Z}\s@<>()[\]\\,;:"]+@[\p{L}\p{N}\p{M}_-]+(?:\.[\p{L}\p{N}\p{M}_-]+)*$/u;

function refusedEmail(email: string): Refusal<'INVALID_EMAIL'> | null {
  const address = email.trim();
  // The key is looked at too: compatible forms of `@`, of space and of brackets show only there.
  if (isAddress(address) && isAddress(emailKey(address))) return null;
  return refuse('INVALID_EMAIL', 'An email address has one @ and at most 254 characters.', ['input', 'email']);
}

function isAddress(text: string): boolean {
  return text.length <= longestEmail && addressPattern.test(text);
}

const longestName = 200;

function refusedName(name: string): Refusal<'INVALID_NAME'> | null {
  const length = charactersOf(name.trim());
  if (length >= 1 && length <= longestName) return null;
  return refuse('INVALID_NAME', `A name has 1 to ${longestName} characters.`, ['input', 'name']);
}

const shortestPassword = 8;
const longestPassword = 200;

/** `field` is the way to the password in the mutation's arguments. */
export function refusedPassword(password: string, field: readonly string[]): Refusal<'WEAK_PASSWORD'> | null {
  const length = charactersOf(password);
  if (length >= shortestPassword && length <= longestPassword) return null;
  return refuse('WEAK_PASSWORD', `A password has ${shortestPassword} to ${longestPassword} characters.`, field);
}
