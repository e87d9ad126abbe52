import { columnsOf, type Manager } from '#platform/database.ts';
import { emailKey } from '#user/domain/person.ts';
import { tables } from '#user/database.ts';
import { User, type UserRow } from '#user/entities/user.ts';

export async function findUsers(em: Manager, ids: readonly string[]): Promise<UserRow[]> {
  return await tables(em).selectFrom('users').select(columnsOf(User)).where('id', 'in', ids).execute();
}

/** However the address is spelt. */
export async function findUserByEmail(em: Manager, email: string): Promise<UserRow | undefined> {
  return await tables(em)
    .selectFrom('users')
    .select(columnsOf(User))
    .where('emailKey', '=', emailKey(email))
    .executeTakeFirst();
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
