import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { now } from '../process/clock.ts';
import { fault, unauthenticated } from '../errors/faults.ts';
import { type Role, rolesOf } from './roles.ts';
import { type Scope, scopesIn } from './scopes.ts';
import type { TokenAuthority } from './token-authority.ts';

/** The user for whom an access token speaks. */
export interface Viewer {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Empty for a token of a release before sessions had ids: what needs a session refuses it. */
  readonly sessionId: string;
  /** Empty for a customer. */
  readonly roles: readonly Role[];
  /** Set where the token belongs to an API client of the user, which has no session and no roles. */
  readonly client?: ApiClient;
}

/** A program that acts for the user who has created it, within its scopes. */
export interface ApiClient {
  readonly id: string;
  readonly scopes: readonly Scope[];
}

/**
 * The identity of a caller. Without a token, `viewer` is null; with a bad token it is an error. register, login,
 * refreshToken and logout ignore both.
 */
export type Identity =
  | { readonly token: 'none' }
  | { readonly token: 'bad' }
  | { readonly token: 'valid'; readonly viewer: Viewer; readonly authorization: string; readonly expiresAt: Date };

/** The settings that identify the system's access tokens. */
export interface TokenRules {
  readonly TOKEN_ISSUER: string;
  readonly TOKEN_AUDIENCE: string;
}

/** RFC 9068: the type that distinguishes an access token from other tokens with the same key. */
export const accessTokenType = 'at+jwt';
/** The type of an API client's token. A reader that knows only `at+jwt` refuses it, so it never counts as a person's. */
export const clientTokenType = 'client-at+jwt';

export const signatureAlgorithm = 'EdDSA';

/** The maximum number of verified tokens in the cache. */
const rememberedTokens = 10_000;

/** In characters: twice the longest that the user subgraph issues. */
const longestAuthorization = 8_192;

export type IdentityReader = (authorization: string | undefined) => Promise<Identity>;

/**
 * Verifies the token of an `Authorization` header with the authority's keys. The token of a deleted user, or of a revoked
 * API client, is bad.
 *
 * @throws Error if the keys cannot be read. The token may be valid.
 */
export function identityReader({ key, isRevoked }: TokenAuthority, rules: TokenRules): IdentityReader {
  const verified = new LRUCache<string, Identity & { token: 'valid' }>({ max: rememberedTokens });

  return async (authorization) => {
    if (authorization === undefined) return { token: 'none' };
    if (authorization.length > longestAuthorization) return { token: 'bad' };
    const known = verified.get(authorization);
    const identity = known ?? (await verify(authorization, key, rules));
    if (identity.token !== 'valid') return identity;
    if (known === undefined) verified.set(authorization, identity);
    const { id, client } = identity.viewer;
    if (identity.expiresAt <= now() || (await isRevoked(id))) return { token: 'bad' };
    if (client !== undefined && (await isRevoked(client.id))) return { token: 'bad' };
    return identity;
  };
}

async function verify(authorization: string, keys: JWTVerifyGetKey, rules: TokenRules): Promise<Identity> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) return { token: 'bad' };
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: [signatureAlgorithm],
      issuer: rules.TOKEN_ISSUER,
      audience: rules.TOKEN_AUDIENCE,
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: now(),
    });
    const viewer = viewerIn(protectedHeader.typ, payload);
    if (viewer === null) return { token: 'bad' };
    return { token: 'valid', viewer, authorization, expiresAt: new Date(payload.exp! * 1000) };
  } catch (error) {
    if (isTokensOwnFault(error)) return { token: 'bad' };
    throw error;
  }
}

/** The viewer that a verified token names; null if it is no access token, or lacks a claim. */
function viewerIn(type: string | undefined, payload: JWTPayload): Viewer | null {
  const { sub: id, email, name } = payload;
  if (id === undefined || typeof email !== 'string' || typeof name !== 'string') return null;
  if (type === accessTokenType) {
    const { sid = '', roles } = payload;
    return typeof sid === 'string' ? { id, email, name, sessionId: sid, roles: rolesOf(roles) } : null;
  }
  if (type !== clientTokenType) return null;
  const { client_id: clientId, scope } = payload;
  if (typeof clientId !== 'string' || typeof scope !== 'string') return null;
  return { id, email, name, sessionId: '', roles: [], client: { id: clientId, scopes: scopesIn(scope) } };
}

/** Whether a token is invalid; otherwise its keys could not be read. */
export function isTokensOwnFault(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== errors.JOSEError.code
  );
}

/**
 * Returns the viewer, where one is required.
 *
 * @throws UNAUTHENTICATED
 */
export function viewerOf(identity: Identity): Viewer {
  if (identity.token !== 'valid') throw unauthenticated();
  return identity.viewer;
}

/**
 * Returns the viewer and the id of the API client that acts, where only clients may act.
 *
 * @throws FORBIDDEN for a customer's own token.
 */
export function clientOf(identity: Identity): { readonly viewer: Viewer; readonly clientId: string } {
  const viewer = viewerOf(identity);
  if (viewer.client === undefined) throw fault('FORBIDDEN', 'Only API clients can use this field.');
  return { viewer, clientId: viewer.client.id };
}

/** Returns the `viewer` of a subgraph that does not own the user's fields. */
export function viewerReference(identity: Identity): { id: string } | null {
  return identity.token === 'valid' ? { id: identity.viewer.id } : null;
}

/** Returns a reference to a user, for that user only. */
export function ownReference(reference: { readonly id: string }, identity: Identity): { id: string } | null {
  return viewerOf(identity).id === reference.id ? { id: reference.id } : null;
}
