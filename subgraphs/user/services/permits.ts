import type { TokenRules, Viewer } from '#platform/identity/identity.ts';
import { permitType, type PermitSubject } from '#platform/identity/permit.ts';
import { signToken } from './sign-token.ts';
import type { SignatureKey } from './signing-keys.ts';

/** How long a recorded look lasts. */
const permitTtlS = 15 * 60;

/** A permit for the session of a staff member. Subgraphs verify it with the keys of access tokens. */
export async function signPermit(
  of: PermitSubject,
  { id, sessionId }: Pick<Viewer, 'id' | 'sessionId'>,
  key: SignatureKey,
  rules: TokenRules,
): Promise<string> {
  const content = { type: permitType, userId: id, claims: { sid: sessionId, of }, ttlS: permitTtlS };
  return (await signToken(content, key, rules)).token;
}
