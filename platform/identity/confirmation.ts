import { jwtVerify } from 'jose';
import { now } from '../process/clock.ts';
import { refuse, type Refusal } from '../errors/refusal.ts';
import { type Identity, isTokensOwnFault, signatureAlgorithm, type TokenRules } from './identity.ts';
import type { TokenAuthority } from './token-authority.ts';

/** The type that distinguishes a confirmation from an access token with the same key. */
export const confirmationType = 'confirmation+jwt';

/** In characters: longer than each confirmation that the user subgraph issues. */
const longestConfirmation = 2_048;

/** Whether this confirmation is valid for the session of this identity. */
export type ConfirmationReader = (confirmation: string | null | undefined, identity: Identity) => Promise<boolean>;

/**
 * Verifies confirmations: `confirmIdentity` issues them to a customer who has just entered the password and, where one
 * is set, the second factor. A confirmation counts only with an access token of the same user and session.
 *
 * @throws Error if the keys cannot be read. The confirmation may be valid.
 */
export function confirmationReader({ key }: Pick<TokenAuthority, 'key'>, rules: TokenRules): ConfirmationReader {
  return async (confirmation, identity) => {
    if (confirmation == null || confirmation.length > longestConfirmation || identity.token !== 'valid') return false;
    const { id, sessionId } = identity.viewer;
    if (sessionId === '') return false;
    try {
      const { payload } = await jwtVerify(confirmation, key, {
        algorithms: [signatureAlgorithm],
        typ: confirmationType,
        issuer: rules.TOKEN_ISSUER,
        audience: rules.TOKEN_AUDIENCE,
        subject: id,
        requiredClaims: ['exp', 'iat', 'jti', 'sid'],
        currentDate: now(),
      });
      return payload['sid'] === sessionId;
    } catch (error) {
      if (isTokensOwnFault(error)) return false;
      throw error;
    }
  };
}

export function refusedUnconfirmed(): Refusal<'CONFIRMATION_REQUIRED'> {
  const message = 'Confirm that it is you: enter your password, and your code where one is set up.';
  return refuse('CONFIRMATION_REQUIRED', message, ['input', 'confirmation']);
}
