import { hasCharacters, isLine } from '#platform/validation/characters.ts';
import { isRefusal, type Refusal, refuse, together } from '#platform/errors/refusal.ts';
import { type Email, parseEmail } from './email.ts';
import { refusedPassword } from './password.ts';

/** The profile that a user enters. */
export interface Profile {
  readonly email: string;
  readonly name: string;
}

/** A profile as stored. */
export interface ProfileDraft extends Profile, Email {}

export interface Registration extends Profile {
  readonly password: string;
}

/** A change of the profile. An omitted or null field stays as it is. */
export interface ProfileChange {
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}

type ProfileFault = 'INVALID_EMAIL' | 'INVALID_NAME';
type RegistrationFault = ProfileFault | 'WEAK_PASSWORD';

/** Checks all fields. Returns the profile as stored, or a refusal with all faults. */
export function draftUser(
  registration: Registration,
  commonPasswords: ReadonlySet<string>,
): ProfileDraft | Refusal<RegistrationFault> {
  const email = parseEmail(registration.email);
  const name = parseName(registration.name);
  const guesses = { common: commonPasswords, emailKey: isRefusal(email) ? null : email.emailKey };
  const weak = refusedPassword(registration.password, guesses, ['input', 'password']);
  if (isRefusal(email) || isRefusal(name) || weak !== null) {
    return together<RegistrationFault>([refusalOf(email), refusalOf(name), weak])!;
  }
  return { ...email, ...name };
}

/** Returns the changed columns, or none if nothing changes. It checks only the changed fields. */
export function changedProfile(current: Profile, change: ProfileChange): Partial<ProfileDraft> | Refusal<ProfileFault> {
  const email = change.email == null || change.email === current.email ? {} : parseEmail(change.email);
  const name = change.name == null || change.name === current.name ? {} : parseName(change.name);
  if (isRefusal(email) || isRefusal(name)) return together<ProfileFault>([refusalOf(email), refusalOf(name)])!;
  return { ...email, ...name };
}

function refusalOf<Code extends string>(parsed: object | Refusal<Code>): Refusal<Code> | null {
  return isRefusal(parsed) ? (parsed as Refusal<Code>) : null;
}

const longestName = 200;

function parseName(text: string): Pick<Profile, 'name'> | Refusal<'INVALID_NAME'> {
  // Check the length first: the time to trim a text grows with its length.
  const name = hasCharacters(text, 0, longestName) ? text.trim() : '';
  if (isLine(name)) return { name };
  const message = `The name must have 1 to ${longestName} characters on one line, without control characters.`;
  return refuse('INVALID_NAME', message, ['input', 'name']);
}
