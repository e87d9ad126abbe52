import { sql } from 'kysely';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { tables } from '#notification/database.ts';
import { Contact, type ContactRow } from '#notification/entities/contact.ts';

/**
 * The contacts of these users as they stand, by user id. Until the transaction ends nobody is forgotten, so that
 * nothing is written to somebody who has just gone. The lock is a statement of its own, since a statement reads
 * what was committed before it began.
 */
export async function heldContacts(em: Manager, userIds: readonly string[]): Promise<Map<string, ContactRow>> {
  await sql`select pg_advisory_xact_lock_shared(${forgetting})`.execute(em.getKysely());
  const rows = await tables(em)
    .selectFrom('contacts')
    .select(columnsOf(Contact))
    .where('userId', '=', anyOf(userIds, 'uuid'))
    .execute();
  return new Map(rows.map((row) => [row.userId, row]));
}

/** Waits for notifications that are being written, and keeps new ones waiting until the transaction ends. */
export async function lockForForgetting(em: Manager): Promise<void> {
  await sql`select pg_advisory_xact_lock(${forgetting})`.execute(em.getKysely());
}

const forgetting = sql`hashtext('contacts are forgotten')`;
