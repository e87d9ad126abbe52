import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { RefreshToken } from '#user/entities/refresh-token.ts';
import type { UserRow } from '#user/entities/user.ts';
import { type AccessToken, type AccessTokenRules, signAccessToken } from './access-tokens.ts';
import type { SignatureKey } from './signing-keys.ts';

/** A session's tokens and its user. */
export interface Session extends AccessToken {
  /** 256 random bits. The database stores only its SHA-256. */
  readonly refreshToken: string;
  readonly user: UserRow;
}

export interface SessionRules extends AccessTokenRules {
  readonly REFRESH_TOKEN_TTL_S: number;
}

/** The refresh tokens of one session. Each was exchanged for the next. */
export interface Family {
  readonly userId: string;
  readonly familyId: string;
}

/**
 * Begins a session, or continues that of a family. The caller must lock the user (`lockUser`) first. It must read the
 * key before the transaction, so that the transaction does not wait for another connection.
 */
export async function giveSession(
  em: Manager,
  user: UserRow,
  key: SignatureKey,
  rules: SessionRules,
  familyId: string = randomUUIDv7(),
): Promise<Session> {
  const refreshToken = randomBytes(tokenBytes).toString('base64url');
  await em.nativeDelete(RefreshToken, { userId: user.id, expiresAt: { $lte: ormTime() } });
  await em.insert(RefreshToken, {
    id: randomUUIDv7(),
    userId: user.id,
    familyId,
    tokenHash: hashToken(refreshToken),
    expiresAt: ormTime(rules.REFRESH_TOKEN_TTL_S),
  });
  return { ...(await signAccessToken(user, { id: familyId, roles: [] }, key, rules)), refreshToken, user };
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

export async function endSession(em: Manager, { familyId }: Family): Promise<void> {
  await em.nativeUpdate(RefreshToken, { familyId, revokedAt: null }, { revokedAt: ormTime() });
}

export async function endEverySession(em: Manager, userId: string): Promise<void> {
  await em.nativeUpdate(RefreshToken, { userId, revokedAt: null }, { revokedAt: ormTime() });
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
