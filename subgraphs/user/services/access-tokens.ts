import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { now } from '#platform/process/clock.ts';
import { accessTokenType, signatureAlgorithm, type TokenRules } from '#platform/identity/identity.ts';
import type { Role } from '#platform/identity/roles.ts';
import type { UserRow } from '#user/entities/user.ts';
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
  { kid, privateKey }: SignatureKey,
  rules: AccessTokenRules,
): Promise<AccessToken> {
  const issuedAtS = Math.floor(now().getTime() / 1000);
  const expiresAtS = issuedAtS + rules.ACCESS_TOKEN_TTL_S;
  const accessToken = await new SignJWT({ email, name, sid, ...(roles.length === 0 ? {} : { roles }) })
    .setProtectedHeader({ alg: signatureAlgorithm, kid, typ: accessTokenType })
    .setSubject(id)
    .setIssuer(rules.TOKEN_ISSUER)
    .setAudience(rules.TOKEN_AUDIENCE)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(expiresAtS)
    .setJti(randomUUID())
    .sign(privateKey);
  return { accessToken, expiresAt: new Date(expiresAtS * 1000) };
}
