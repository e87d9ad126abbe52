import { inert } from '#platform/mail/inert.ts';
import type { LetterPart } from '#platform/mail/letter.ts';

/** What the text of each kind of message needs in addition to the customer. None of it is a customer's own words. */
export interface AccountMailData {
  readonly PROVE_EMAIL: object;
  /** To the old address, with a link that restores it. */
  readonly EMAIL_CHANGED: object;
  readonly PASSWORD_RESET: object;
  /** With a code for `confirmIdentity`. */
  readonly IDENTITY_CODE: object;
  readonly PASSWORD_CHANGED: object;
  /** The device and the place as `sessions` describes them. */
  readonly NEW_DEVICE: { readonly device: string; readonly place: string };
  /** What changed, as the end of the sentence “Your account has a change: …”. */
  readonly FACTOR_CHANGED: { readonly change: FactorChange };
  readonly EMAIL_RESTORED: object;
  /** To the address that a restored one replaces. */
  readonly EMAIL_REPLACED: object;
  readonly SESSIONS_ENDED: object;
  readonly STAFF_ROLE_CHANGED: { readonly role: string; readonly change: 'GRANTED' | 'REVOKED' };
  readonly API_CLIENT_CHANGED: { readonly change: ClientChange };
  readonly DATA_READY: object;
}

export type AccountMailKind = keyof AccountMailData;

/** The kinds that contain a link or a code, which the worker makes. */
export const kindsWithSecret = ['PROVE_EMAIL', 'EMAIL_CHANGED', 'PASSWORD_RESET', 'IDENTITY_CODE'] as const;

/** The kinds that tell a customer about a change, and contain neither a link nor a code. */
export type NoticeKind = Exclude<AccountMailKind, (typeof kindsWithSecret)[number]>;

export type FactorChange =
  | 'TOTP_ENABLED'
  | 'TOTP_DISABLED'
  | 'RECOVERY_CODES_RENEWED'
  | 'RECOVERY_CODE_USED'
  | 'PASSKEY_ADDED'
  | 'PASSKEY_REMOVED'
  | 'FACTORS_RESET'
  | 'FACTORS_REMOVED';

export type ClientChange = 'CREATED' | 'ROTATED';

/** A message before it is sent. The subject has fixed words only. */
export interface AccountMailText {
  readonly subject: string;
  readonly parts: readonly LetterPart[];
}

export interface Secrets {
  readonly token: string;
  readonly code: string;
}

export interface Letter {
  readonly kind: AccountMailKind;
  readonly data: Readonly<Record<string, string>>;
  /** The name of a customer whose address is proved. A message to any other address does not contain a name. */
  readonly name: string | null;
  /** The origin of the console, such as `https://wallet.example`. */
  readonly publicUrl: string;
  /** Null in a message without a link or a code. */
  readonly secrets: Secrets | null;
}

/** @throws if a message that needs a link has none. */
export function accountMail(letter: Letter): AccountMailText {
  const { subject, parts } = texts[letter.kind](letter);
  const greeting = letter.name === null ? 'Hello,' : `Hello ${inert(letter.name)},`;
  return { subject, parts: [greeting, ...parts] };
}

const notYou = 'If this was not you, choose a new password now: someone else may know yours.';

const texts: Readonly<Record<AccountMailKind, (letter: Letter) => AccountMailText>> = {
  PROVE_EMAIL: (letter) => ({
    subject: 'Confirm your email address',
    parts: [
      'This email address was entered in Wallet. If you entered it, confirm that it is yours.',
      link(letter, 'Confirm this address', 'prove-email'),
      'You can also enter this code where you are signed in:',
      { code: secretsOf(letter).code },
      'The link and the code work once. If you did not enter your address, ignore this message: without your confirmation we send nothing else.',
    ],
  }),
  EMAIL_CHANGED: (letter) => ({
    subject: 'Your email address was changed',
    parts: [
      'Your account now has another email address. You sign in with the new address, and messages go there.',
      'If this was not you, undo the change. That restores this address, ends all sessions and sends you a link for a new password.',
      link(letter, 'Undo the change', 'undo-email-change'),
    ],
  }),
  PASSWORD_RESET: (letter) => ({
    subject: 'Choose a new password',
    parts: [
      'We received a request to reset your password. The link works once, and only for a short time.',
      link(letter, 'Choose a new password', 'reset-password'),
      'If you did not ask for it, ignore this message. Your password stays as it is.',
    ],
  }),
  IDENTITY_CODE: (letter) => ({
    subject: 'Confirm a change of your account',
    parts: [
      'A second factor is about to be set up for your account. Enter this code where you are signed in:',
      { code: secretsOf(letter).code },
      'The code works once, and only for a short time. Our staff never ask for it.',
      notYou,
    ],
  }),
  PASSWORD_CHANGED: () => ({
    subject: 'Your password was changed',
    parts: ['The password of your account was changed, and all sessions were ended.', notYou],
  }),
  NEW_DEVICE: ({ data }) => ({
    subject: 'A sign-in from a new device',
    parts: [
      `Your account was used to sign in from a new device: ${inert(data['device'] ?? '')}, ${inert(data['place'] ?? '')}.`,
      notYou,
    ],
  }),
  FACTOR_CHANGED: ({ data }) => ({
    subject: 'The security of your account was changed',
    parts: [factorChanges[data['change'] as FactorChange], notYou],
  }),
  EMAIL_RESTORED: () => ({
    subject: 'Your email address was restored',
    parts: ['Support has restored this email address to your account. All sessions were ended: sign in again.'],
  }),
  EMAIL_REPLACED: () => ({
    subject: 'Your email address was replaced',
    parts: [
      'Support has given your account another email address, which its owner has proved. This address no longer works.',
      'If you did not request this, write to us.',
    ],
  }),
  SESSIONS_ENDED: () => ({
    subject: 'Your sessions were ended',
    parts: ['Support has ended all sessions of your account and revoked all its API clients. Sign in again.'],
  }),
  STAFF_ROLE_CHANGED: ({ data }) => ({
    subject: 'Your role was changed',
    parts: [
      data['change'] === 'GRANTED'
        ? `You now have the role ${inert(data['role'] ?? '')}. It takes effect at your next sign-in with a second factor.`
        : `You no longer have the role ${inert(data['role'] ?? '')}.`,
    ],
  }),
  API_CLIENT_CHANGED: ({ data }) => ({
    subject: 'An API client of your account was changed',
    parts: [clientChanges[data['change'] as ClientChange], `${notYou} Then revoke the API client.`],
  }),
  DATA_READY: () => ({
    subject: 'Your data are ready',
    parts: ['The archive of your data is ready. Sign in to download it. You can download it once.', notYou],
  }),
};

const clientChanges: Readonly<Record<ClientChange, string>> = {
  CREATED: 'A new API client can now act for you, within the scopes that were chosen for it.',
  ROTATED: 'An API client of your account has a new secret.',
};

const factorChanges: Readonly<Record<FactorChange, string>> = {
  TOTP_ENABLED: 'Signing in now needs a code from your authenticator app.',
  TOTP_DISABLED: 'Signing in no longer needs a code from your authenticator app.',
  RECOVERY_CODES_RENEWED: 'You have new recovery codes. The old ones no longer work.',
  RECOVERY_CODE_USED: 'A recovery code was used to sign in. It does not work again.',
  PASSKEY_ADDED: 'A passkey was added to your account.',
  PASSKEY_REMOVED: 'A passkey was removed from your account.',
  FACTORS_RESET: 'Support has removed the second factors of your account. Sign in with your password and set new ones.',
  FACTORS_REMOVED:
    'Second factors that you may not have set were removed from your account. Set new ones in the settings.',
};

/** The token is in the fragment, which browsers do not send: no server logs it. */
function link(letter: Letter, label: string, path: string): LetterPart {
  return { label, url: `${letter.publicUrl.replace(/\/+$/, '')}/${path}#token=${secretsOf(letter).token}` };
}

function secretsOf({ kind, secrets }: Letter): Secrets {
  if (secrets === null) throw new Error(`a message of the kind ${kind} needs a link`);
  return secrets;
}
