import { columnsOf } from '#platform/postgres/database.ts';
import { sql } from 'kysely';
import { isId } from '#platform/validation/ids.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { NotificationContext } from '#notification/context.ts';
import { tables } from '#notification/database.ts';
import { Notification, type NotificationRow } from '#notification/entities/notification.ts';

/** Marks one of the viewer's notifications as read; the first time counts. */
export async function markNotificationRead(
  { em, identity }: NotificationContext,
  { notificationId }: { readonly notificationId: string },
): Promise<NotificationRow | Refusal<'NOT_FOUND'>> {
  const viewer = viewerOf(identity);
  const marked = isId(notificationId)
    ? await tables(em)
        .updateTable('notifications')
        .set({ readAt: sql<Date>`coalesce(read_at, now())` })
        .where('customerId', '=', viewer.id)
        .where('id', '=', notificationId)
        .returning(columnsOf(Notification))
        .executeTakeFirst()
    : undefined;
  return (
    marked ?? refuse('NOT_FOUND', 'This notification does not exist or is not yours.', ['input', 'notificationId'])
  );
}
