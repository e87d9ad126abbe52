import { createHash, randomBytes } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { type ChallengeUse, WebauthnChallenge } from '#user/entities/webauthn-challenge.ts';

/** For which use, user and session or sign-in a challenge counts. */
export interface ChallengeScope {
  readonly purpose: ChallengeUse;
  /** Null where a passkey alone signs in. */
  readonly userId: string | null;
  /** The id of the session, or the token of the sign-in. */
  readonly boundTo: string;
}

const challengeBytes = 32;
export const passkeyChallengeS = 5 * 60;

/**
 * Begins a challenge, which replaces the earlier one of the same scope. A job deletes expired ones (`forget-old.ts`).
 * Returns the random bytes to sign.
 */
export async function beginPasskeyChallenge(em: Manager, scope: ChallengeScope): Promise<Buffer<ArrayBuffer>> {
  const challenge = Buffer.from(randomBytes(challengeBytes));
  await em.nativeDelete(WebauthnChallenge, columnsOf(scope));
  await em.insert(WebauthnChallenge, {
    challengeHash: hashOf(challenge.toString('base64url')),
    ...columnsOf(scope),
    expiresAt: ormTime(passkeyChallengeS),
  });
  return challenge;
}

/** Uses a challenge. Returns false where it is not open in this scope: each is used once, also by a wrong response. */
export async function takePasskeyChallenge(em: Manager, challenge: string, scope: ChallengeScope): Promise<boolean> {
  const open = { challengeHash: hashOf(challenge), ...columnsOf(scope), expiresAt: { $gt: ormTime() } };
  return (await em.nativeDelete(WebauthnChallenge, open)) === 1;
}

/** Ends the challenge of a scope, where no response names it. */
export async function endPasskeyChallenge(em: Manager, scope: ChallengeScope): Promise<void> {
  await em.nativeDelete(WebauthnChallenge, columnsOf(scope));
}

/** Whether a challenge of this scope is open. */
export async function hasPasskeyChallenge(em: Manager, scope: ChallengeScope): Promise<boolean> {
  const open = { ...columnsOf(scope), expiresAt: { $gt: ormTime() } };
  return (await em.findOne(WebauthnChallenge, open, { disableIdentityMap: true })) !== null;
}

const columnsOf = ({ boundTo, ...scope }: ChallengeScope) => ({ ...scope, boundTo: hashOf(boundTo) });

const hashOf = (text: string) => createHash('sha256').update(text).digest();
