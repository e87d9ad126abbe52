import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import type { UserContext } from '#user/context.ts';
import { Session } from '#user/entities/session.ts';
import { type Confirmation, signConfirmation } from './confirmations.ts';
import { forgetTries } from './identity-tries.ts';
import { refusedCurrentPassword, viewerByPassword } from './own-password.ts';
import { lockViewer } from './own-session.ts';
import { type FactorProof, hasSecondFactor, useFactor } from './second-factors.ts';

export interface IdentityProof extends FactorProof {
  readonly password: string;
}

type ConfirmationRefusal = Refusal<
  'INVALID_CREDENTIALS' | 'INVALID_CODE' | 'SECOND_FACTOR_REQUIRED' | 'TOO_MANY_ATTEMPTS'
>;

const passwordField = ['input', 'password'];

/** Confirms that the viewer knows the password and has the second factor, where one is set. */
export async function confirmIdentity(
  context: UserContext,
  { password, ...proof }: IdentityProof,
): Promise<Confirmation | ConfirmationRefusal> {
  const { em, identity, keyring, rules, factorSecrets } = context;
  const viewer = viewerOf(identity);
  const known = await viewerByPassword(context, password, passwordField);
  if (isRefusal(known)) return known;
  const key = await keyring.signingKey();

  return await em.transactional(async (transaction): Promise<Confirmation | ConfirmationRefusal> => {
    const user = await lockViewer(transaction, viewer);
    // Another request has changed the password.
    if (user.passwordHash !== known.passwordHash) return refusedCurrentPassword(passwordField);
    if (await hasSecondFactor(transaction, user.id)) {
      if (proof.code == null && proof.recoveryCode == null) return refusedWithoutCode();
      const wrong = await useFactor(transaction, user.id, proof, factorSecrets);
      if (wrong !== null) return wrong;
      await transaction.nativeUpdate(Session, { id: viewer.sessionId }, { factorAt: ormTime() });
    }
    await forgetTries(transaction, user.id);
    return await signConfirmation(viewer, key, rules);
  });
}

function refusedWithoutCode() {
  return refuse('SECOND_FACTOR_REQUIRED', 'Enter a code of your authenticator app, or a recovery code.', [
    'input',
    'code',
  ]);
}
