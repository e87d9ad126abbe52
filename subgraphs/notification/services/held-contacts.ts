import { sql } from 'kysely';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { tables } from '#notification/database.ts';
import { Contact, type ContactRow } from '#notification/entities/contact.ts';

/**
 * Reads the current contacts of these users, by user id. Until the transaction ends, no contact is erased, so callers
 * write nothing to a user whose deletion commits first. The lock is a separate statement, because a statement reads
 * only data that was committed before it began.
 */
export async function heldContacts(em: Manager, userIds: readonly string[]): Promise<Map<string, ContactRow>> {
  await holdContacts(em);
  const rows = await tables(em)
    .selectFrom('contacts')
    .select(columnsOf(Contact))
    .where('userId', '=', anyOf(userIds, 'uuid'))
    .execute();
  return new Map(rows.map((row) => [row.userId, row]));
}

/** Waits for transactions that write notifications, and blocks new ones until this transaction ends. */
export async function lockContactsForDeletion(em: Manager): Promise<void> {
  await sql`select pg_advisory_xact_lock(${contactsLock})`.execute(em.getKysely());
}

const contactsLock = sql`hashtext('contacts are forgotten')`;

/**
 * Whether a user is known to be deleted. Until the transaction ends, the user is not deleted. It reads no personal data.
 */
export async function isDeletedContact(em: Manager, userId: string): Promise<boolean> {
  await holdContacts(em);
  const contact = await tables(em)
    .selectFrom('contacts')
    .select('deletedAt')
    .where('userId', '=', userId)
    .executeTakeFirst();
  return contact?.deletedAt != null;
}

async function holdContacts(em: Manager): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${contactsLock})`.execute(em.getKysely());
}
