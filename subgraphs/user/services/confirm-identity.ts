import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { readAssertion } from '#user/domain/passkey-response.ts';
import { confirming } from './change-passkeys.ts';
import { type Confirmation, signConfirmation } from './confirmations.ts';
import { useIdentityCode } from './identity-codes.ts';
import { forgetTries } from './identity-tries.ts';
import { refusedCurrentPassword, viewerByPassword } from './own-password.ts';
import { lockViewer } from './own-session.ts';
import { usePasskey, wrongPasskey } from './passkeys.ts';
import { type CodeProof, hasSecondFactor, noteFactorProof, useCode } from './second-factors.ts';

export interface IdentityProof extends CodeProof {
  readonly password?: string | null | undefined;
  /** The code of a message to the address. Ignored where a second factor is set. */
  readonly emailCode?: string | null | undefined;
  /** The browser's response with a passkey, as JSON. */
  readonly passkeyResponse?: string | null | undefined;
}

type ConfirmationRefusal = Refusal<
  'INVALID_CREDENTIALS' | 'INVALID_CODE' | 'INVALID_PASSKEY' | 'SECOND_FACTOR_REQUIRED' | 'TOO_MANY_ATTEMPTS'
>;

const passwordField = ['input', 'password'];

/** Confirms that the viewer has a passkey, or knows the password and has the second factor, where one is set. */
export async function confirmIdentity(
  context: UserContext,
  { password, passkeyResponse, ...proof }: IdentityProof,
): Promise<Confirmation | ConfirmationRefusal> {
  if (passkeyResponse != null) return await confirmByPasskey(context, passkeyResponse);
  if (password == null) return refuse('INVALID_CREDENTIALS', 'Enter your password.', passwordField);
  return await confirmByPassword(context, password, proof);
}

/** The device has verified its user, so a passkey is enough. Tries are not counted: a signature cannot be guessed. */
async function confirmByPasskey(
  context: UserContext,
  passkeyResponse: string,
): Promise<Confirmation | ConfirmationRefusal> {
  const { em, identity, keyring, rules } = context;
  const viewer = viewerOf(identity);
  const response = readAssertion(passkeyResponse);
  if (response === null) return wrongPasskey();
  const key = await keyring.signingKey();
  return await em.transactional(async (transaction) => {
    const user = await lockViewer(transaction, viewer);
    const used = await usePasskey(transaction, user.id, response, confirming(viewer), context);
    if (isRefusal(used)) return used;
    await noteFactorProof(transaction, viewer.sessionId);
    return await signConfirmation(viewer, key, rules);
  });
}

async function confirmByPassword(
  context: UserContext,
  password: string,
  proof: Pick<IdentityProof, 'code' | 'recoveryCode' | 'emailCode'>,
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
      const wrong = await useCode(transaction, user.id, proof, factorSecrets);
      if (wrong !== null) return wrong;
      await noteFactorProof(transaction, viewer.sessionId);
    } else if (proof.emailCode != null) {
      const wrong = await useIdentityCode(transaction, user, viewer.sessionId, proof.emailCode);
      if (wrong !== null) return wrong;
    }
    await forgetTries(transaction, user.id);
    return await signConfirmation(viewer, key, rules);
  });
}

function refusedWithoutCode() {
  const message = 'Enter a code of your authenticator app, or a recovery code, or use your passkey.';
  return refuse('SECOND_FACTOR_REQUIRED', message, ['input', 'code']);
}
