import { confirmationType, refusedUnconfirmed } from '#platform/identity/confirmation.ts';
import type { TokenRules, Viewer } from '#platform/identity/identity.ts';
import type { Refusal } from '#platform/errors/refusal.ts';
import type { UserContext } from '#user/context.ts';
import { hasSecondFactor } from './second-factors.ts';
import { signToken } from './sign-token.ts';
import type { SignatureKey } from './signing-keys.ts';

export interface ConfirmationRules extends TokenRules {
  readonly CONFIRMATION_TTL_S: number;
}

export interface Confirmation {
  readonly confirmation: string;
  readonly expiresAt: Date;
}

/** The input of a mutation that needs a confirmation. */
export interface Confirmed {
  readonly confirmation?: string | null | undefined;
}

/** A JWT for the viewer's session. Subgraphs verify it with the keys of access tokens. */
export async function signConfirmation(
  { id, sessionId }: Pick<Viewer, 'id' | 'sessionId'>,
  key: SignatureKey,
  rules: ConfirmationRules,
): Promise<Confirmation> {
  const content = { type: confirmationType, userId: id, claims: { sid: sessionId }, ttlS: rules.CONFIRMATION_TTL_S };
  const { token: confirmation, expiresAt } = await signToken(content, key, rules);
  return { confirmation, expiresAt };
}

type Given = string | null | undefined;

/** Requires a confirmation. */
export async function refusedWithout(
  confirmation: Given,
  { isConfirmed }: Pick<UserContext, 'isConfirmed'>,
): Promise<Refusal<'CONFIRMATION_REQUIRED'> | null> {
  return (await isConfirmed(confirmation)) ? null : refusedUnconfirmed();
}

/** Requires a confirmation of a user with a second factor. For others, the password that the mutation takes counts. */
export async function refusedWithoutFactor(
  confirmation: Given,
  userId: string,
  { em, isConfirmed }: Pick<UserContext, 'em' | 'isConfirmed'>,
): Promise<Refusal<'CONFIRMATION_REQUIRED'> | null> {
  if (!(await hasSecondFactor(em, userId)) || (await isConfirmed(confirmation))) return null;
  return refusedUnconfirmed();
}
