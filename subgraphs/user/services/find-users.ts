import { LockMode } from '@mikro-orm/postgresql';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { emailKey, twinKey } from '#user/domain/email.ts';
import { tables } from '#user/database.ts';
import { User, type UserRow } from '#user/entities/user.ts';

/** Users by id. Most requests read their viewer, so this uses Kysely, which takes less time than an entity. */
export async function findUsers(em: Manager, ids: readonly string[]): Promise<UserRow[]> {
  return await tables(em).selectFrom('users').select(columnsOf(User)).where('id', 'in', ids).execute();
}

/** Finds the user of an email address in any spelling. `email` is no longer than an address. */
export async function findUserByEmail(em: Manager, email: string): Promise<UserRow | undefined> {
  const [key, exact] = [emailKey(email), twinKey(email)];
  const found = await em.find(User, { emailKey: { $in: [key, exact] } }, { disableIdentityMap: true });
  return found.find((user) => user.emailKey === exact) ?? found[0];
}

/**
 * The current user, locked until the transaction ends. Every change of a user or of a user's sessions locks the user
 * first, so that no session outlives a change of the password.
 */
export async function lockUser(em: Manager, id: string): Promise<UserRow | null> {
  return await em.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}
