import { createHash, randomBytes } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import type { SecondFactorMeans } from '#user/domain/factor-codes.ts';
import { LoginChallenge } from '#user/entities/login-challenge.ts';
import { lockUser } from './find-users.ts';
import { countTry, forgetTries } from './identity-tries.ts';
import { type FactorProof, hasSecondFactor, recoveryCodesLeft, useFactor } from './second-factors.ts';
import { noteFactorChange, noteNewDevice } from './sign-in-notices.ts';
import { beginSession, isTooLongForToken, type OpenSession } from './sessions.ts';

/** The answer to a login with the right password, where a second factor is set. */
export interface Challenge {
  readonly token: string;
  readonly expiresAt: Date;
  readonly means: readonly SecondFactorMeans[];
}

const challengeS = 5 * 60;

/** Begins the second step of a login. The caller must lock the user first. */
export async function beginChallenge(em: Manager, userId: string): Promise<Challenge> {
  const token = randomBytes(32).toString('base64url');
  await em.nativeDelete(LoginChallenge, { userId, expiresAt: { $lte: ormTime() } });
  await em.insert(LoginChallenge, { tokenHash: hashOf(token), userId, expiresAt: ormTime(challengeS) });
  const codes = await recoveryCodesLeft(em, userId);
  return {
    token,
    expiresAt: new Date(Date.now() + challengeS * 1_000),
    means: codes > 0 ? ['TOTP', 'RECOVERY_CODE'] : ['TOTP'],
  };
}

export interface SecondStep extends FactorProof {
  readonly challenge: string;
}

type StepRefusal = Refusal<'INVALID_TOKEN' | 'INVALID_CODE' | 'TOO_MANY_ATTEMPTS'>;

/** Ends a login with the second factor. A challenge begins one session; a wrong code leaves it open until it expires. */
export async function completeLogin(
  context: UserContext,
  { challenge, ...proof }: SecondStep,
): Promise<OpenSession | StepRefusal> {
  const { em, caller, keyring, rules, signedIn, factorSecrets, outbox } = context;
  if (isTooLongForToken(challenge)) return refusedChallenge();
  const open = { tokenHash: hashOf(challenge), expiresAt: { $gt: ormTime() } };
  const known = await em.findOne(LoginChallenge, open, { disableIdentityMap: true });
  if (known === null) return refusedChallenge();
  const tooMany = await countTry(em, known.userId);
  if (tooMany !== null) return tooMany;
  const key = await keyring.signingKey();

  const session = await em.transactional(async (transaction): Promise<OpenSession | StepRefusal> => {
    const user = await lockUser(transaction, known.userId);
    // Another request may have used the challenge, changed the password, removed the factor or deleted the user.
    const stillOpen = await transaction.findOne(LoginChallenge, open, { disableIdentityMap: true });
    if (user === null || stillOpen === null) return refusedChallenge();
    if (!(await hasSecondFactor(transaction, user.id))) return refusedChallenge();
    const wrong = await useFactor(transaction, user.id, proof, factorSecrets);
    if (wrong !== null) return wrong;
    await transaction.nativeDelete(LoginChallenge, { tokenHash: open.tokenHash });
    await forgetTries(transaction, user.id);
    await noteNewDevice(transaction, user, context);
    if (proof.recoveryCode != null) await noteFactorChange(transaction, user, 'RECOVERY_CODE_USED', context);
    return await beginSession(transaction, user, { key, rules, caller }, { factor: true });
  });
  if (!isRefusal(session)) {
    signedIn.add(session.user.id);
    outbox.wakeRelay();
  }
  return session;
}

function refusedChallenge() {
  return refuse('INVALID_TOKEN', 'This sign-in has expired. Sign in again.', ['input', 'challenge']);
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();
