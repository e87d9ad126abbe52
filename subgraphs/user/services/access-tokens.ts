import { accessTokenType, type TokenRules } from '#platform/identity/identity.ts';
import type { Role } from '#platform/identity/roles.ts';
import type { UserRow } from '#user/entities/user.ts';
import { signToken } from './sign-token.ts';
import type { SignatureKey } from './signing-keys.ts';

export interface AccessTokenRules extends TokenRules {
  readonly ACCESS_TOKEN_TTL_S: number;
}

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** The session that an access token belongs to. */
export interface TokenSession {
  readonly id: string;
  readonly roles: readonly Role[];
}

/** A JWT of RFC 9068's type. It contains the user's id, and the email and name for messages to the user. */
export async function signAccessToken(
  { id, email, name }: UserRow,
  { id: sid, roles }: TokenSession,
  key: SignatureKey,
  rules: AccessTokenRules,
): Promise<AccessToken> {
  const claims = { email, name, sid, ...(roles.length === 0 ? {} : { roles }) };
  const content = { type: accessTokenType, userId: id, claims, ttlS: rules.ACCESS_TOKEN_TTL_S };
  const { token: accessToken, expiresAt } = await signToken(content, key, rules);
  return { accessToken, expiresAt };
}
