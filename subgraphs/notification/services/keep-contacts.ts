import { sql } from 'kysely';
import { unnestRows } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
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

async function keepNewest(em: Manager, news: readonly UserUpdate[]): Promise<void> {
  await sql`
    insert into contacts (user_id, version, email, name, deleted_at)
    select distinct on (user_id) user_id, version, email, name, case when deleted then now() end
    from ${unnestRows('update', news, { userId: 'uuid', version: 'integer', email: 'text', name: 'text', deleted: 'boolean' })}
    order by user_id, version desc
    on conflict (user_id) do update set
      version = excluded.version, email = excluded.email, name = excluded.name, deleted_at = excluded.deleted_at
    where contacts.version < excluded.version
  `.execute(em.getKysely());
}

async function eraseNotifications(em: Manager, customerIds: readonly string[]): Promise<void> {
  await sql`delete from notifications where customer_id = any(${customerIds}::uuid[])`.execute(em.getKysely());
}
