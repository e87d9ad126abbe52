import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { Client } from '#platform/http/callers.ts';
import type { Role } from '#platform/identity/roles.ts';
import { placeOf } from '#user/domain/place.ts';
import { RefreshToken } from '#user/entities/refresh-token.ts';
import { LoginChallenge } from '#user/entities/login-challenge.ts';
import { Session } from '#user/entities/session.ts';
import type { UserRow } from '#user/entities/user.ts';
import { type AccessToken, type AccessTokenRules, signAccessToken } from './access-tokens.ts';
import { rolesOfSession, type StaffRules } from './staff-sessions.ts';
import type { SignatureKey } from './signing-keys.ts';

/** A session's tokens and its user. */
export interface OpenSession extends AccessToken {
  /** 256 random bits. The database stores only its SHA-256. */
  readonly refreshToken: string;
  readonly user: UserRow;
}

export interface SessionRules extends AccessTokenRules, StaffRules {
  readonly REFRESH_TOKEN_TTL_S: number;
}

/** The refresh tokens of one session. Each was exchanged for the next. */
export interface Family {
  readonly userId: string;
  readonly familyId: string;
}

/**
 * What a session's tokens are made with. The key is read before the transaction, so that the transaction does not wait
 * for another connection.
 */
export interface SessionParts {
  readonly key: SignatureKey;
  readonly rules: SessionRules;
  readonly caller: Client;
}

/** Sessions are kept this long after their last use, to recognise a device that signs in again. */
export const rememberedS = 90 * 24 * 60 * 60;

/**
 * Begins a session. The caller must lock the user (`lockUser`) first.
 *
 * @param factor whether the user has just proved a second factor.
 */
export async function beginSession(
  em: Manager,
  user: UserRow,
  parts: SessionParts,
  { factor = false } = {},
): Promise<OpenSession> {
  const { caller } = parts;
  const id = randomUUIDv7();
  await em.insert(Session, {
    id,
    userId: user.id,
    device: caller.device,
    place: placeOf(caller.sender),
    factorAt: factor ? ormTime() : null,
  });
  return await giveTokens(em, user, id, parts);
}

/** Continues a session with the next pair of tokens. The caller must lock the user first. */
export async function continueSession(
  em: Manager,
  user: UserRow,
  { familyId: id }: Family,
  parts: SessionParts,
): Promise<OpenSession> {
  const used = { device: parts.caller.device, place: placeOf(parts.caller.sender), lastUsedAt: ormTime() };
  const updated = await em.nativeUpdate(Session, { id }, used);
  // During an upgrade, a process of the release before began this session without a row.
  if (updated === 0) await em.insert(Session, { id, userId: user.id, ...used });
  return await giveTokens(em, user, id, parts);
}

async function giveTokens(
  em: Manager,
  user: UserRow,
  sessionId: string,
  { key, rules }: SessionParts,
): Promise<OpenSession> {
  const refreshToken = randomBytes(tokenBytes).toString('base64url');
  await em.insert(RefreshToken, {
    id: randomUUIDv7(),
    userId: user.id,
    familyId: sessionId,
    tokenHash: hashToken(refreshToken),
    expiresAt: ormTime(rules.REFRESH_TOKEN_TTL_S),
  });
  const roles = await rolesOfSession(em, { userId: user.id, familyId: sessionId });
  return {
    ...(await signAccessToken(user, { id: sessionId, roles }, key, tokenRules(rules, roles))),
    refreshToken,
    user,
  };
}

/** An access token with roles is short-lived: a revoked role ends with it. */
function tokenRules(rules: SessionRules, roles: readonly Role[]): AccessTokenRules {
  const { ACCESS_TOKEN_TTL_S, STAFF_ACCESS_TOKEN_TTL_S } = rules;
  if (roles.length === 0) return rules;
  return { ...rules, ACCESS_TOKEN_TTL_S: Math.min(ACCESS_TOKEN_TTL_S, STAFF_ACCESS_TOKEN_TTL_S) };
}

/** The family of a token, even of an invalid one. */
export async function findFamily(em: Manager, refreshToken: string): Promise<Family | null> {
  const fields = ['userId', 'familyId'] as const;
  return await em.findOne(RefreshToken, { tokenHash: hashToken(refreshToken) }, { fields, disableIdentityMap: true });
}

/** Uses a token. Returns false if it was used before, or is expired or revoked. */
export async function useRefreshToken(em: Manager, refreshToken: string): Promise<boolean> {
  const unused = { tokenHash: hashToken(refreshToken), usedAt: null, revokedAt: null, expiresAt: { $gt: ormTime() } };
  return (await em.nativeUpdate(RefreshToken, unused, { usedAt: ormTime() })) === 1;
}

/** Ends a session of a user. The caller must lock the user first. */
export async function endSession(em: Manager, { familyId: id, userId }: Family): Promise<void> {
  await em.nativeUpdate(RefreshToken, { familyId: id, userId, revokedAt: null }, { revokedAt: ormTime() });
  await em.nativeUpdate(Session, { id, userId, endedAt: null }, { endedAt: ormTime() });
}

/**
 * Ends the sessions of a user, and the logins that wait for a second factor. The caller must lock the user first.
 *
 * @param kept the session that goes on; null to end all.
 */
export async function endEverySession(em: Manager, userId: string, kept: string | null = null): Promise<void> {
  await em.nativeDelete(LoginChallenge, { userId });
  const keptTokens = kept === null ? {} : { familyId: { $ne: kept } };
  const keptSession = kept === null ? {} : { id: { $ne: kept } };
  await em.nativeUpdate(RefreshToken, { userId, revokedAt: null, ...keptTokens }, { revokedAt: ormTime() });
  await em.nativeUpdate(Session, { userId, endedAt: null, ...keptSession }, { endedAt: ormTime() });
}

const tokenBytes = 32;
const tokenCharacters = Math.ceil((tokenBytes * 4) / 3);

/** Whether a text is longer than a refresh token; such a text is not hashed. */
export function isTooLongForToken(text: string): boolean {
  return text.length > tokenCharacters;
}

export function refusedToken(): Refusal<'INVALID_TOKEN'> {
  return refuse('INVALID_TOKEN', 'This session has ended. Sign in again.', ['input', 'refreshToken']);
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
