import type { GraphQLError } from 'graphql';
import { fault } from '../errors/faults.ts';
import type { Identity, TokenRules } from './identity.ts';
import { sessionTokenReader } from './session-token.ts';
import type { TokenAuthority } from './token-authority.ts';

/** The type that distinguishes a permit from an access token with the same key. */
export const permitType = 'permit+jwt';

/**
 * What a permit is for, as `<kind>:<id>`: the data of a customer, or the search for the customer who holds an account
 * number, placed an order or got a notification.
 */
export type PermitSubject = `${'customer' | 'account-number' | 'order' | 'notification'}:${string}`;

/** Returns what a permit of the session of this identity is for; null for any other text. */
export type PermitReader = (permit: string | null | undefined, identity: Identity) => Promise<string | null>;

/**
 * Verifies permits. The user subgraph issues one for a customer to a staff member whose look at this customer is in the
 * audit log. A permit counts only with an access token of the same staff member and session.
 *
 * @throws Error if the keys cannot be read. The permit may be valid.
 */
export function permitReader(authority: Pick<TokenAuthority, 'key'>, rules: TokenRules): PermitReader {
  const read = sessionTokenReader(authority, rules, permitType);
  return async (permit, identity) => {
    const of = (await read(permit, identity))?.['of'];
    return typeof of === 'string' ? of : null;
  };
}

/**
 * Requires a permit for exactly this.
 *
 * @throws FORBIDDEN
 */
export async function requirePermit(
  { subjectOfPermit }: PermitContext,
  permit: string,
  of: PermitSubject,
): Promise<void> {
  if ((await subjectOfPermit(permit)) !== of) throw notPermitted();
}

/** The part of a request's context that verifies permits. */
export interface PermitContext {
  readonly subjectOfPermit: (permit: string | null | undefined) => Promise<string | null>;
}

/** The same for a permit that is forged, expired, of another session, or for something else. */
export function notPermitted(): GraphQLError {
  return fault('FORBIDDEN', 'The permit is not valid any more. Look the customer up again.');
}
