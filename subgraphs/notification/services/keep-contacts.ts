import { sql } from 'kysely';
import { insertRows, setFromExcluded } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { forgetRows } from '#platform/postgres/forget-rows.ts';
import { tables } from '#notification/database.ts';
import { Contact } from '#notification/entities/contact.ts';
import { eraseSenders } from './erase-senders.ts';
import { lockContactsForDeletion } from './held-contacts.ts';

/** A version of a user. Email and name are null for a deleted user. */
export interface UserUpdate {
  readonly userId: string;
  readonly version: number;
  readonly email: string | null;
  readonly name: string | null;
  /** Absent in updates of an earlier release, which sent email to every address. */
  readonly emailProved?: boolean | undefined;
  readonly deleted: boolean;
}

/**
 * Stores the newest version of each user's contact, regardless of the order and the number of deliveries. For a deleted
 * user it keeps a row without personal data, and erases the notifications, the webhooks, and the user's name in messages
 * to others.
 */
export async function keepContacts(em: Manager, updates: readonly UserUpdate[]): Promise<void> {
  const deletedIds = updates.filter(({ deleted }) => deleted).map(({ userId }) => userId);
  await em.transactional(async (transaction) => {
    if (deletedIds.length > 0) await lockContactsForDeletion(transaction);
    await keepNewest(transaction, updates);
    if (deletedIds.length === 0) return;
    await eraseNotifications(transaction, deletedIds);
    await disableWebhooks(transaction, deletedIds);
    await eraseSenders(transaction, deletedIds);
  });
  if (deletedIds.length > 0) await eraseWebhooks(em, deletedIds);
}

async function keepNewest(em: Manager, updates: readonly UserUpdate[]): Promise<void> {
  const oldestFirst = updates.toSorted((a, b) => a.version - b.version);
  const newest = new Map(oldestFirst.map((update) => [update.userId, update]));
  const rows = [...newest.values()].map(({ userId, version, email, name, emailProved = true }) => ({
    userId,
    version,
    email,
    name,
    emailProved,
  }));
  // Only a deleted user has no email. The time is the database's, as every other time of a row.
  const deletedAt = sql`case when email is null then now() end`;
  await sql`
    ${insertRows(em, Contact, rows, [], { deletedAt })} order by user_id
    on conflict (user_id) do update set ${setFromExcluded(em, Contact, ['userId'])}
    where contacts.version < excluded.version
  `.execute(em.getKysely());
}

/** From this commit on, nothing is sent for a deleted customer. */
async function disableWebhooks(em: Manager, customerIds: readonly string[]): Promise<void> {
  await sql`
    update webhook_endpoints set disabled_at = now(), disabled_reason = 'OWNER', failures = 0, failing_since = null
    where customer_id = ${anyOf(customerIds, 'uuid')} and disabled_at is null
  `.execute(em.getKysely());
}

/**
 * Erases webhooks after the commit, in short transactions: a month of events takes longer than one statement may. After
 * a crash, the job runs again. Deliveries and attempts go with their events. Until the endpoints are deleted, a job can
 * write events, so these are deleted again.
 */
async function eraseWebhooks(em: Manager, customerIds: readonly string[]): Promise<void> {
  const ids = anyOf(customerIds, 'uuid');
  const events = [{ table: 'webhook_events', key: 'id', old: sql`customer_id = ${ids}` }];
  await forgetRows(em, events);
  await tables(em).deleteFrom('webhook_endpoints').where('customerId', '=', ids).execute();
  await forgetRows(em, events);
}

async function eraseNotifications(em: Manager, customerIds: readonly string[]): Promise<void> {
  await tables(em).deleteFrom('notifications').where('customerId', '=', anyOf(customerIds, 'uuid')).execute();
}
