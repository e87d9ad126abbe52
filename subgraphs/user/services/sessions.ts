import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { tables } from '#user/database.ts';
import type { UserRow } from '#user/entities/user.ts';
import { type AccessToken, type AccessTokenRules, signAccessToken } from './access-tokens.ts';
import type { SignatureKey } from './signing-keys.ts';

/** What a client is given to speak for a user. */
export interface Session extends AccessToken {
  /** 256 random bits: nothing stores it, the database has its SHA-256. */
  readonly refreshToken: string;
  readonly user: UserRow;
}

export interface SessionRules extends AccessTokenRules {
  readonly REFRESH_TOKEN_TTL_S: number;
}

/** A refresh token and all that were exchanged for one another before it. */
export interface Family {
  readonly userId: string;
  readonly familyId: string;
}

/**
 * Begins a session, or continues the one of a family. The user has to be held (see `holdUser`), and the key
 * read before the transaction, which must not wait for another connection.
 */
export async function giveSession(
  em: Manager,
  user: UserRow,
  key: SignatureKey,
  rules: SessionRules,
  familyId: string = randomUUIDv7(),
): Promise<Session> {
  const refreshToken = randomBytes(tokenBytes).toString('base64url');
  await sql`delete from refresh_tokens where user_id = ${user.id} and expires_at <= now()`.execute(em.getKysely());
  await sql`
    insert into refresh_tokens (id, user_id, family_id, token_hash, expires_at)
    values (
      ${randomUUIDv7()}, ${user.id}, ${familyId}, ${hashToken(refreshToken)},
      now() + make_interval(secs => ${rules.REFRESH_TOKEN_TTL_S})
    )
  `.execute(em.getKysely());
  return { ...(await signAccessToken(user, key, rules)), refreshToken, user };
}

/** Whose it is, whether or not it still buys anything. */
export async function findFamily(em: Manager, refreshToken: string): Promise<Family | undefined> {
  return await tables(em)
    .selectFrom('refresh_tokens')
    .select(['userId', 'familyId'])
    .where('tokenHash', '=', hashToken(refreshToken))
    .executeTakeFirst();
}

/** Uses the token up; false where that was done before, or it is expired or revoked. */
export async function useRefreshToken(em: Manager, refreshToken: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update refresh_tokens set used_at = now()
    where token_hash = ${hashToken(refreshToken)} and used_at is null and revoked_at is null and expires_at > now()
  `.execute(em.getKysely());
  return numAffectedRows === 1n;
}

export async function endSession(em: Manager, { familyId }: Family): Promise<void> {
  await sql`
    update refresh_tokens set revoked_at = now() where family_id = ${familyId} and revoked_at is null
  `.execute(em.getKysely());
}

export async function endEverySession(em: Manager, userId: string): Promise<void> {
  await sql`
    update refresh_tokens set revoked_at = now() where user_id = ${userId} and revoked_at is null
  `.execute(em.getKysely());
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
