import { createHash, randomBytes } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { now } from '#platform/process/clock.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { acceptedStep, formatRecoveryCode, readRecoveryCode, recoveryCodeBytes } from '#user/domain/factor-codes.ts';
import { LoginChallenge } from '#user/entities/login-challenge.ts';
import { Passkey } from '#user/entities/passkey.ts';
import { RecoveryCode } from '#user/entities/recovery-code.ts';
import { Session } from '#user/entities/session.ts';
import { TotpSecret } from '#user/entities/totp-secret.ts';
import { WebauthnChallenge } from '#user/entities/webauthn-challenge.ts';
import type { FactorSecrets } from './factor-secrets.ts';
import { hasPasskey } from './passkeys.ts';

/** A code that proves a second factor: one of the two. */
export interface CodeProof {
  readonly code?: string | null | undefined;
  readonly recoveryCode?: string | null | undefined;
}

/** The owner of the second factors that a field reads. */
export interface FactorsOf {
  readonly userId: string;
}

export async function hasSecondFactor(em: Manager, userId: string): Promise<boolean> {
  return (await hasApp(em, userId)) || (await hasPasskey(em, userId));
}

/** Whether an authenticator app is set up. */
export async function hasApp(em: Manager, userId: string): Promise<boolean> {
  const enabled = { userId, enabledAt: { $ne: null } };
  return (await em.findOne(TotpSecret, enabled, { fields: ['userId'], disableIdentityMap: true })) !== null;
}

export async function recoveryCodesLeft(em: Manager, userId: string): Promise<number> {
  return (await em.find(RecoveryCode, { userId }, { fields: ['userId'], disableIdentityMap: true })).length;
}

/**
 * Uses a code of the authenticator app or a recovery code: each is accepted once. The caller must lock the user first.
 */
export async function useCode(
  em: Manager,
  userId: string,
  { code, recoveryCode }: CodeProof,
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

/** Removes every second factor and what was proved with it. The caller must lock the user first. */
export async function removeFactors(em: Manager, userId: string): Promise<void> {
  await em.nativeDelete(Passkey, { userId });
  await removeApp(em, userId);
}

/** Removes the authenticator app. The caller must lock the user first. */
export async function removeApp(em: Manager, userId: string): Promise<void> {
  await em.nativeDelete(TotpSecret, { userId });
  await endFactorProofs(em, userId);
  await removeUnneededCodes(em, userId);
}

/** Recovery codes go with the last factor. */
export async function removeUnneededCodes(em: Manager, userId: string): Promise<void> {
  if (!(await hasSecondFactor(em, userId))) await em.nativeDelete(RecoveryCode, { userId });
}

/**
 * Where a factor is removed: ends the logins that wait for one and the open challenges of passkeys, and takes from the
 * sessions what they proved with one. The caller must lock the user first.
 */
export async function endFactorProofs(em: Manager, userId: string): Promise<void> {
  await em.nativeDelete(LoginChallenge, { userId });
  await em.nativeDelete(WebauthnChallenge, { userId });
  await em.nativeUpdate(Session, { userId, factorAt: { $ne: null } }, { factorAt: null });
}

/** Notes that a session has proved a second factor: one that it used, or one that it set. */
export async function noteFactorProof(em: Manager, sessionId: string): Promise<void> {
  await em.nativeUpdate(Session, { id: sessionId }, { factorAt: ormTime() });
}

/**
 * Removes the second factors that were set at or after a time. The caller must lock the user first.
 *
 * @returns whether there were any.
 */
export async function removeFactorsSince(em: Manager, userId: string, since: Date): Promise<boolean> {
  const apps = await em.nativeDelete(TotpSecret, { userId, enabledAt: { $gte: since } });
  const passkeys = await em.nativeDelete(Passkey, { userId, createdAt: { $gte: since } });
  if (apps + passkeys === 0) return false;
  // They may belong to the removed factors.
  await em.nativeDelete(RecoveryCode, { userId });
  await endFactorProofs(em, userId);
  return true;
}

/** A code has 80 random bits, so a fast hash is enough. */
const hashOf = (userId: string, letters: string) => createHash('sha256').update(`${userId} ${letters}`).digest();
