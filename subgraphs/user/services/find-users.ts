import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { emailKey, twinKey } from '#user/domain/email.ts';
import { tables } from '#user/database.ts';
import { User, type UserRow } from '#user/entities/user.ts';

export async function findUsers(em: Manager, ids: readonly string[]): Promise<UserRow[]> {
  return await tables(em).selectFrom('users').select(columnsOf(User)).where('id', 'in', ids).execute();
}

/** Finds the user of an address, however it is spelt. `email` is no longer than an address. */
export async function findUserByEmail(em: Manager, email: string): Promise<UserRow | undefined> {
  const [key, exact] = [emailKey(email), twinKey(email)];
  const found = await tables(em)
    .selectFrom('users')
    .select(columnsOf(User))
    .where('emailKey', 'in', [key, exact])
    .execute();
  return found.find((user) => user.emailKey === exact) ?? found[0];
}

/**
 * The user as it stands, held until the transaction ends. Whatever begins, continues or ends a user's sessions
 * holds the user first, so that no session slips past a change of the password.
 */
export async function holdUser(em: Manager, id: string): Promise<UserRow | undefined> {
  return await tables(em)
    .selectFrom('users')
    .select(columnsOf(User))
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}
