import { sql } from 'kysely';
import { insertRows } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/process/clock.ts';
import { Contact } from '#notification/entities/contact.ts';
import { Notification } from '#notification/entities/notification.ts';
import { lockForForgetting } from './held-contacts.ts';

/** A user as of a version; email and name are null where the user is gone. */
export interface UserUpdate {
  readonly userId: string;
  readonly version: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly deleted: boolean;
}

/**
 * Keeps how to reach people, the newest version of each, in whatever order and however often the versions arrive.
 * Of those who are gone a tombstone stays, and their notifications are erased.
 */
export async function keepContacts(em: Manager, news: readonly UserUpdate[]): Promise<void> {
  const gone = news.filter(({ deleted }) => deleted).map(({ userId }) => userId);
  await em.transactional(async (transaction) => {
    if (gone.length > 0) await lockForForgetting(transaction);
    await keepNewest(transaction, news);
    if (gone.length > 0) await eraseNotifications(transaction, gone);
  });
}

async function keepNewest(em: Manager, updates: readonly UserUpdate[]): Promise<void> {
  const oldestFirst = updates.toSorted((a, b) => a.version - b.version);
  const newest = new Map(oldestFirst.map((update) => [update.userId, update]));
  const rows = [...newest.values()].map(({ userId, version, email, name, deleted }) => ({
    userId,
    version,
    email,
    name,
    deletedAt: deleted ? now() : null,
  }));
  await sql`
    ${insertRows(em, Contact, rows)} order by user_id
    on conflict (user_id) do update set
      version = excluded.version, email = excluded.email, name = excluded.name, deleted_at = excluded.deleted_at
    where contacts.version < excluded.version
  `.execute(em.getKysely());
}

async function eraseNotifications(em: Manager, customerIds: readonly string[]): Promise<void> {
  await em.nativeDelete(Notification, { customerId: { $in: [...customerIds] } });
}
