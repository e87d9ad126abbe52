import { randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { now } from '#platform/process/clock.ts';
import { signatureAlgorithm, type TokenRules } from '#platform/identity/identity.ts';
import type { SignatureKey } from './signing-keys.ts';

export interface TokenContent {
  /** The `typ` of the header. It keeps tokens of different purposes apart, since they share keys. */
  readonly type: string;
  readonly userId: string;
  readonly claims: JWTPayload;
  readonly ttlS: number;
}

export interface SignedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A JWT of this system for a user. */
export async function signToken(
  { type, userId, claims, ttlS }: TokenContent,
  { kid, privateKey }: SignatureKey,
  rules: TokenRules,
): Promise<SignedToken> {
  const issuedAtS = Math.floor(now().getTime() / 1_000);
  const expiresAtS = issuedAtS + ttlS;
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: signatureAlgorithm, kid, typ: type })
    .setSubject(userId)
    .setIssuer(rules.TOKEN_ISSUER)
    .setAudience(rules.TOKEN_AUDIENCE)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(expiresAtS)
    .setJti(randomUUID())
    .sign(privateKey);
  return { token, expiresAt: new Date(expiresAtS * 1_000) };
}
