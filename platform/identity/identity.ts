import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { now } from '../process/clock.ts';
import { unauthenticated } from '../errors/faults.ts';
import type { TokenAuthority } from './token-authority.ts';

/** Who an access token speaks for. */
export interface Viewer {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/**
 * What a request says of its sender. A bad token is kept apart from none: `viewer` answers null to none,
 * and register, login, refreshToken and logout look at neither.
 */
export type Identity =
  | { readonly token: 'none' }
  | { readonly token: 'bad' }
  | { readonly token: 'valid'; readonly viewer: Viewer; readonly authorization: string; readonly expiresAt: Date };

/** The settings that tell the system's access tokens from others. */
export interface TokenRules {
  readonly TOKEN_ISSUER: string;
  readonly TOKEN_AUDIENCE: string;
}

/** RFC 9068: the type that tells an access token from every other token signed with the same key. */
export const accessTokenType = 'at+jwt';

export const signatureAlgorithm = 'EdDSA';

/** Verified tokens are remembered until they expire; this many at most. */
const rememberedTokens = 10_000;

/** Twice as long as the longest that the user subgraph gives, in characters. */
const longestAuthorization = 8_192;

export type IdentityReader = (authorization: string | undefined) => Promise<Identity>;

/**
 * Reads the `Authorization` header against what the authority says. The token of a deleted user is a bad one.
 *
 * @throws where the keys cannot be had: that is a fault of the system, not of the token.
 */
export function identityReader({ key, isDeleted }: TokenAuthority, rules: TokenRules): IdentityReader {
  const verified = new LRUCache<string, Identity & { token: 'valid' }>({ max: rememberedTokens });

  return async (authorization) => {
    if (authorization === undefined) return { token: 'none' };
    if (authorization.length > longestAuthorization) return { token: 'bad' };
    const known = verified.get(authorization);
    const identity = known ?? (await verify(authorization, key, rules));
    if (identity.token !== 'valid') return identity;
    if (known === undefined) verified.set(authorization, identity);
    if (identity.expiresAt <= now() || (await isDeleted(identity.viewer.id))) return { token: 'bad' };
    return identity;
  };
}

async function verify(authorization: string, keys: JWTVerifyGetKey, rules: TokenRules): Promise<Identity> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) return { token: 'bad' };
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: [signatureAlgorithm],
      typ: accessTokenType,
      issuer: rules.TOKEN_ISSUER,
      audience: rules.TOKEN_AUDIENCE,
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: now(),
    });
    const { sub: id, email, name, exp } = payload;
    if (id === undefined || typeof email !== 'string' || typeof name !== 'string') return { token: 'bad' };
    return { token: 'valid', viewer: { id, email, name }, authorization, expiresAt: new Date(exp! * 1000) };
  } catch (error) {
    if (isTokensOwnFault(error)) return { token: 'bad' };
    throw error;
  }
}

function isTokensOwnFault(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== errors.JOSEError.code
  );
}

/**
 * The viewer, for what needs one.
 *
 * @throws UNAUTHENTICATED
 */
export function viewerOf(identity: Identity): Viewer {
  if (identity.token !== 'valid') throw unauthenticated();
  return identity.viewer;
}

/** The schema's `viewer` where another subgraph owns the user's fields. */
export function viewerReference(identity: Identity): { id: string } | null {
  return identity.token === 'valid' ? { id: identity.viewer.id } : null;
}

/** A reference to a user, which only that user may follow. */
export function ownReference(reference: { readonly id: string }, identity: Identity): { id: string } | null {
  return viewerOf(identity).id === reference.id ? { id: reference.id } : null;
}
