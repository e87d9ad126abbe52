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
  return firstOf(email, await em.find(User, hasEmail(email), { disableIdentityMap: true }));
}

/** What a message needs of a user. A worker may read no other column. */
const addressed = ['id', 'email', 'emailKey', 'name', 'emailProvedAt'] as const;
export type AddressedUser = Pick<UserRow, (typeof addressed)[number]>;

/** The receiver of a message, by id or by email address. */
export async function findAddressed(
  em: Manager,
  by: { readonly id: string } | { readonly email: string },
): Promise<AddressedUser | undefined> {
  const options = { fields: addressed, disableIdentityMap: true } as const;
  if ('id' in by) return (await em.findOne(User, by, options)) ?? undefined;
  return firstOf(by.email, await em.find(User, hasEmail(by.email), options));
}

const hasEmail = (email: string) => ({ emailKey: { $in: [emailKey(email), twinKey(email)] } });

function firstOf<Found extends Pick<UserRow, 'emailKey'>>(email: string, found: readonly Found[]): Found | undefined {
  return found.find((user) => user.emailKey === twinKey(email)) ?? found[0];
}

/**
 * The current user, locked until the transaction ends. Every change of a user or of a user's sessions locks the user
 * first, so that no session outlives a change of the password.
 */
export async function lockUser(em: Manager, id: string): Promise<UserRow | null> {
  return await em.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}
