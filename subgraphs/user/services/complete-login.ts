import { createHash, randomBytes } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { type SecondFactorMeans, secondFactorMeans } from '#user/domain/factor-codes.ts';
import { type AssertionResponse, readAssertion } from '#user/domain/passkey-response.ts';
import { LoginChallenge } from '#user/entities/login-challenge.ts';
import { Passkey } from '#user/entities/passkey.ts';
import { signingIn } from './begin-passkey-login.ts';
import { lockUser } from './find-users.ts';
import { countTry, forgetTries } from './identity-tries.ts';
import { type ChallengeScope, endPasskeyChallenge, hasPasskeyChallenge } from './passkey-challenges.ts';
import { assertionOptions, hasPasskey, usePasskey, wrongPasskey } from './passkeys.ts';
import type { RelyingParty } from './relying-party.ts';
import { type CodeProof, hasApp, hasSecondFactor, recoveryCodesLeft, useCode } from './second-factors.ts';
import { noteFactorChange, noteNewDevice } from './sign-in-notices.ts';
import { beginSession, isTooLongForToken, type OpenSession } from './sessions.ts';

/** The answer to a login with the right password, where a second factor is set. */
export interface Challenge {
  readonly token: string;
  readonly expiresAt: Date;
  readonly means: readonly SecondFactorMeans[];
  /** What a browser needs to use one of the passkeys; null where there is none. */
  readonly passkeyOptions: string | null;
}

const challengeS = 5 * 60;

/** Begins the second step of a login. The caller must lock the user first. */
export async function beginChallenge(em: Manager, userId: string, site: RelyingParty): Promise<Challenge> {
  const token = randomBytes(32).toString('base64url');
  await em.insert(LoginChallenge, { tokenHash: hashOf(token), userId, expiresAt: ormTime(challengeS) });
  const hasKey = await hasPasskey(em, userId);
  const isSet = {
    PASSKEY: hasKey,
    TOTP: await hasApp(em, userId),
    RECOVERY_CODE: (await recoveryCodesLeft(em, userId)) > 0,
  };
  return {
    token,
    expiresAt: new Date(Date.now() + challengeS * 1_000),
    means: secondFactorMeans.filter((means) => isSet[means]),
    passkeyOptions: hasKey ? await assertionOptions(em, secondStep(userId, token), site) : null,
  };
}

const secondStep = (userId: string, token: string): ChallengeScope => ({
  purpose: 'SECOND_FACTOR',
  userId,
  boundTo: token,
});

export interface SecondStep extends CodeProof {
  readonly challenge: string;
  /** The browser's response with a passkey, as JSON. */
  readonly passkeyResponse?: string | null | undefined;
}

type StepRefusal = Refusal<'INVALID_TOKEN' | 'INVALID_CODE' | 'INVALID_PASSKEY' | 'TOO_MANY_ATTEMPTS'>;

/** Ends a login with the second factor, or with a passkey alone. A challenge begins one session. */
export async function completeLogin(context: UserContext, step: SecondStep): Promise<OpenSession | StepRefusal> {
  const { em, signedIn, outbox } = context;
  const { challenge } = step;
  if (isTooLongForToken(challenge)) return refusedChallenge();
  const known = await em.findOne(LoginChallenge, openChallenge(challenge), { disableIdentityMap: true });
  if (known === null && !(await hasPasskeyChallenge(em, signingIn(challenge)))) return refusedChallenge();
  const session = await (known === null ? passkeyAlone(context, step) : afterPassword(context, known.userId, step));
  if (!isRefusal(session)) {
    signedIn.add(session.user.id);
    outbox.wakeRelay();
  }
  return session;
}

const openChallenge = (token: string) => ({ tokenHash: hashOf(token), expiresAt: { $gt: ormTime() } });

/** A wrong code leaves the challenge open until it expires. */
async function afterPassword(
  context: UserContext,
  userId: string,
  { challenge, passkeyResponse, ...proof }: SecondStep,
): Promise<OpenSession | StepRefusal> {
  const { em, caller, keyring, rules, factorSecrets } = context;
  const response = passkeyResponse == null ? null : readAssertion(passkeyResponse);
  if (passkeyResponse != null && response === null) return wrongPasskey();
  const tooMany = await countTry(em, userId);
  if (tooMany !== null) return tooMany;
  const key = await keyring.signingKey();

  return await em.transactional(async (transaction): Promise<OpenSession | StepRefusal> => {
    const user = await lockUser(transaction, userId);
    // Another request may have used the challenge, changed the password, removed the factor or deleted the user.
    const open = await transaction.findOne(LoginChallenge, openChallenge(challenge), { disableIdentityMap: true });
    if (user === null || open === null) return refusedChallenge();
    if (!(await hasSecondFactor(transaction, user.id))) return refusedChallenge();
    const used =
      response === null
        ? await useCode(transaction, user.id, proof, factorSecrets)
        : await usePasskey(transaction, user.id, response, secondStep(user.id, challenge), context);
    if (isRefusal(used)) return used;
    await transaction.nativeDelete(LoginChallenge, { tokenHash: hashOf(challenge) });
    await forgetTries(transaction, user.id);
    await noteNewDevice(transaction, user, context);
    if (response === null && proof.recoveryCode != null) {
      await noteFactorChange(transaction, user, 'RECOVERY_CODE_USED', context);
    }
    return await beginSession(transaction, user, { key, rules, caller }, { factor: true });
  });
}

/**
 * Signs in the owner of a passkey. The device has verified its user, so it counts as two factors. A signature cannot be
 * guessed: tries are not counted, and a client that has no passkey locks no customer out. Each response uses up the
 * challenge.
 */
async function passkeyAlone(
  context: UserContext,
  { challenge, passkeyResponse }: SecondStep,
): Promise<OpenSession | StepRefusal> {
  const { em, caller, keyring, rules } = context;
  const response = readAssertion(passkeyResponse ?? '');
  const owner = response === null ? null : await ownerOf(em, response);
  if (response === null || owner === null) {
    await endPasskeyChallenge(em, signingIn(challenge));
    return wrongPasskey();
  }
  const key = await keyring.signingKey();
  return await em.transactional(async (transaction): Promise<OpenSession | StepRefusal> => {
    const user = await lockUser(transaction, owner);
    const used =
      user === null ? wrongPasskey() : await usePasskey(transaction, user.id, response, signingIn(challenge), context);
    if (user === null || isRefusal(used)) {
      await endPasskeyChallenge(transaction, signingIn(challenge));
      return wrongPasskey();
    }
    await noteNewDevice(transaction, user, context);
    return await beginSession(transaction, user, { key, rules, caller }, { factor: true });
  });
}

async function ownerOf(em: Manager, { id }: AssertionResponse): Promise<string | null> {
  const named = { credentialId: Buffer.from(id, 'base64url') };
  return (await em.findOne(Passkey, named, { fields: ['userId'], disableIdentityMap: true }))?.userId ?? null;
}

function refusedChallenge() {
  return refuse('INVALID_TOKEN', 'This sign-in has expired. Sign in again.', ['input', 'challenge']);
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();
