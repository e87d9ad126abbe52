import { createHash, randomBytes } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/process/clock.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { acceptedStep, formatRecoveryCode, readRecoveryCode, recoveryCodeBytes } from '#user/domain/factor-codes.ts';
import { LoginChallenge } from '#user/entities/login-challenge.ts';
import { RecoveryCode } from '#user/entities/recovery-code.ts';
import { Session } from '#user/entities/session.ts';
import { TotpSecret } from '#user/entities/totp-secret.ts';
import type { FactorSecrets } from './factor-secrets.ts';

/** A proof of a second factor: one of the two. */
export interface FactorProof {
  readonly code?: string | null | undefined;
  readonly recoveryCode?: string | null | undefined;
}

/** The owner of the second factors that a field reads. */
export interface FactorsOf {
  readonly userId: string;
}

export async function hasSecondFactor(em: Manager, userId: string): Promise<boolean> {
  const enabled = { userId, enabledAt: { $ne: null } };
  return (await em.findOne(TotpSecret, enabled, { fields: ['userId'], disableIdentityMap: true })) !== null;
}

export async function recoveryCodesLeft(em: Manager, userId: string): Promise<number> {
  return (await em.find(RecoveryCode, { userId }, { fields: ['userId'], disableIdentityMap: true })).length;
}

/**
 * Uses a code of the authenticator app or a recovery code: each is accepted once. The caller must lock the user first.
 */
export async function useFactor(
  em: Manager,
  userId: string,
  { code, recoveryCode }: FactorProof,
  secrets: FactorSecrets,
): Promise<Refusal<'INVALID_CODE'> | null> {
  if (recoveryCode != null) return (await useRecoveryCode(em, userId, recoveryCode)) ? null : wrong('recoveryCode');
  return (await useTotpCode(em, userId, code ?? '', secrets)) ? null : wrong('code');
}

const wrong = (field: string) =>
  refuse('INVALID_CODE', 'The code is wrong, has expired or was used before.', ['input', field]);

/**
 * Uses a code of the app. A secret that an earlier key encrypts is encrypted with the first one. The caller must lock
 * the user first.
 *
 * @param wanted whether the app must be a factor, or must not be one yet.
 */
export async function useTotpCode(
  em: Manager,
  userId: string,
  code: string,
  secrets: FactorSecrets,
  wanted: 'enabled' | 'new' = 'enabled',
): Promise<boolean> {
  const enabledAt = wanted === 'enabled' ? { $ne: null } : null;
  const found = await em.findOne(TotpSecret, { userId, enabledAt }, { refresh: true });
  if (found === null) return false;
  const { lastStep = null } = found;
  const encrypted = Buffer.from(found.secret);
  const secret = secrets.decrypt(userId, encrypted);
  const step = acceptedStep(secret, code, lastStep, now());
  if (step === null) return false;
  const renewed = secrets.isStale(userId, encrypted) ? { secret: secrets.encrypt(userId, secret) } : {};
  await em.nativeUpdate(TotpSecret, { userId }, { lastStep: step, ...renewed });
  return true;
}

async function useRecoveryCode(em: Manager, userId: string, text: string): Promise<boolean> {
  const letters = readRecoveryCode(text);
  if (letters === null) return false;
  return (await em.nativeDelete(RecoveryCode, { userId, codeHash: hashOf(userId, letters) })) === 1;
}

const recoveryCodeCount = 10;

/** Replaces the recovery codes. Returns the new ones, which are shown once. The caller must lock the user first. */
export async function newRecoveryCodes(em: Manager, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () => formatRecoveryCode(randomBytes(recoveryCodeBytes)));
  await em.nativeDelete(RecoveryCode, { userId });
  await em.insertMany(
    RecoveryCode,
    codes.map((code) => ({ userId, codeHash: hashOf(userId, readRecoveryCode(code)!) })),
  );
  return codes;
}

/**
 * Removes every second factor, ends the logins that wait for one, and takes from the sessions what they proved with one.
 * The caller must lock the user first.
 */
export async function removeFactors(em: Manager, userId: string): Promise<void> {
  await em.nativeDelete(TotpSecret, { userId });
  await em.nativeDelete(RecoveryCode, { userId });
  await em.nativeDelete(LoginChallenge, { userId });
  await em.nativeUpdate(Session, { userId, factorAt: { $ne: null } }, { factorAt: null });
}

/**
 * Removes the second factors that were set at or after a time. The caller must lock the user first.
 *
 * @returns whether there were any.
 */
export async function removeFactorsSince(em: Manager, userId: string, since: Date): Promise<boolean> {
  const later = { userId, enabledAt: { $gte: since } };
  const found = await em.findOne(TotpSecret, later, { fields: ['userId'], disableIdentityMap: true });
  if (found === null) return false;
  await removeFactors(em, userId);
  return true;
}

/** A code has 80 random bits, so a fast hash is enough. */
const hashOf = (userId: string, letters: string) => createHash('sha256').update(`${userId} ${letters}`).digest();
