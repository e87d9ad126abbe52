import { generateURI, verifySync } from 'otplib';

/** The kinds of second factors, as the SDL names them. */
export const secondFactorMeans = ['PASSKEY', 'TOTP', 'RECOVERY_CODE'] as const;

export type SecondFactorMeans = (typeof secondFactorMeans)[number];

/** Codes of the current, the previous and the next 30 seconds are accepted: clocks differ. */
const stepS = 30;

/**
 * Returns the time step of a code, or null where the code is wrong or its step was used before.
 *
 * @param secret in Base32.
 * @param lastStep the newest step that was accepted; null where none was.
 */
export function acceptedStep(secret: string, code: string, lastStep: number | null, at: Date): number | null {
  const token = code.replaceAll(' ', '');
  if (!/^\d{6}$/.test(token)) return null;
  const epoch = Math.floor(at.getTime() / 1_000);
  const result = verifySync({ secret, token, epoch, epochTolerance: stepS, period: stepS });
  if (!result.valid) return null;
  const { delta } = result;
  const step = Math.floor(epoch / stepS) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

/** The address that an authenticator app reads from a QR code. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: 'Wallet and orders', label: email, secret });
}

/** The letters of recovery codes: Base32 of RFC 4648, in lower case. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
export const recoveryCodeBytes = 16;

/** Formats 16 random bytes as a code of 80 bits, such as `abcd-efgh-ijkl-mnop`. */
export function formatRecoveryCode(bytes: Uint8Array): string {
  const letters = Array.from(bytes.subarray(0, recoveryCodeBytes), (byte) => alphabet[byte % alphabet.length]!);
  return letters.join('').replace(/.{4}(?=.)/g, '$&-');
}

/** The letters of a typed recovery code; null where it is not one. */
export function readRecoveryCode(text: string): string | null {
  if (text.length > 40) return null;
  const letters = text.toLowerCase().replace(/[\s-]/g, '');
  return /^[a-z2-7]{16}$/.test(letters) ? letters : null;
}
