import { refuse, type Refusal } from '../errors/refusal.ts';
import type { Identity, TokenRules } from './identity.ts';
import { sessionTokenReader } from './session-token.ts';
import type { TokenAuthority } from './token-authority.ts';

/** The type that distinguishes a confirmation from an access token with the same key. */
export const confirmationType = 'confirmation+jwt';

/** Whether this confirmation is valid for the session of this identity. */
export type ConfirmationReader = (confirmation: string | null | undefined, identity: Identity) => Promise<boolean>;

/**
 * Verifies confirmations: `confirmIdentity` issues them to a customer who has just entered the password and, where one
 * is set, the second factor. A confirmation counts only with an access token of the same user and session.
 *
 * @throws Error if the keys cannot be read. The confirmation may be valid.
 */
export function confirmationReader(authority: Pick<TokenAuthority, 'key'>, rules: TokenRules): ConfirmationReader {
  const read = sessionTokenReader(authority, rules, confirmationType);
  return async (confirmation, identity) => (await read(confirmation, identity)) !== null;
}

export function refusedUnconfirmed(): Refusal<'CONFIRMATION_REQUIRED'> {
  const message = 'Confirm that it is you: enter your password, and your code where one is set up.';
  return refuse('CONFIRMATION_REQUIRED', message, ['input', 'confirmation']);
}
