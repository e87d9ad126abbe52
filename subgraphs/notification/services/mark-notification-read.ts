import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { tables } from '#notification/database.ts';
import { now } from '#platform/postgres/expressions.ts';
import { isId } from '#platform/validation/ids.ts';
import type { NotificationContext } from '#notification/context.ts';
import { Notification, type NotificationRow } from '#notification/entities/notification.ts';

/** Marks one of the viewer's notifications as read. A repetition keeps the time of the first mark. */
export async function markNotificationRead(
  { em, identity }: NotificationContext,
  { notificationId }: { readonly notificationId: string },
): Promise<NotificationRow | Refusal<'NOT_FOUND'>> {
  const viewer = viewerOf(identity);
  const marked = isId(notificationId) ? await mark(em, viewer.id, notificationId) : null;
  return (
    marked ?? refuse('NOT_FOUND', 'This notification does not exist or is not yours.', ['input', 'notificationId'])
  );
}

async function mark(em: Manager, customerId: string, id: string): Promise<NotificationRow | null> {
  const marked = await tables(em)
    .updateTable('notifications')
    .set(({ fn }) => ({ readAt: fn.coalesce('readAt', now()) }))
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .returning(columnsOf(Notification))
    .executeTakeFirst();
  return marked ?? null;
}
