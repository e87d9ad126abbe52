import { type JWTPayload, jwtVerify } from 'jose';
import { now } from '../process/clock.ts';
import { type Identity, isTokensOwnFault, signatureAlgorithm, type TokenRules } from './identity.ts';
import type { TokenAuthority } from './token-authority.ts';

/** The claims of a token, if it is valid for the session of this identity; otherwise null. */
export type SessionTokenReader = (
  token: string | null | undefined,
  identity: Identity,
) => Promise<Readonly<JWTPayload> | null>;

/** In characters: longer than each such token that the user subgraph issues. */
const longestToken = 2_048;

/**
 * Verifies tokens that the user subgraph issues for one session, in addition to its access tokens. Such a token counts
 * only with an access token of the same user and session.
 *
 * @param type the `typ` of the header. It distinguishes tokens of different purposes, since they share keys.
 * @throws Error if the keys cannot be read. The token may be valid.
 */
export function sessionTokenReader(
  { key }: Pick<TokenAuthority, 'key'>,
  rules: TokenRules,
  type: string,
): SessionTokenReader {
  return async (token, identity) => {
    if (token == null || token.length > longestToken || identity.token !== 'valid') return null;
    const { id, sessionId } = identity.viewer;
    if (sessionId === '') return null;
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [signatureAlgorithm],
        typ: type,
        issuer: rules.TOKEN_ISSUER,
        audience: rules.TOKEN_AUDIENCE,
        subject: id,
        requiredClaims: ['exp', 'iat', 'jti', 'sid'],
        currentDate: now(),
      });
      return payload['sid'] === sessionId ? payload : null;
    } catch (error) {
      if (isTokensOwnFault(error)) return null;
      throw error;
    }
  };
}
