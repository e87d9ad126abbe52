import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#notification/database.ts';
import { Notification, type NotificationRow } from '#notification/entities/notification.ts';

/** A customer's notifications by id; what is not an id, not there, or another customer's, is not in the answer. */
export async function findNotifications(
  em: Manager,
  customerId: string,
  ids: readonly string[],
): Promise<NotificationRow[]> {
  const known = ids.filter(isId);
  if (known.length === 0) return [];
  return await tables(em)
    .selectFrom('notifications')
    .select(columnsOf(Notification))
    .where('customerId', '=', customerId)
    .where('id', 'in', known)
    .execute();
}

/** What a customer was told of orders, the oldest first; orders of others have nothing in the answer. */
export async function findNotificationsOfOrders(
  em: Manager,
  customerId: string,
  orderIds: readonly string[],
): Promise<NotificationRow[]> {
  const known = orderIds.filter(isId);
  if (known.length === 0) return [];
  return await tables(em)
    .selectFrom('notifications')
    .select(columnsOf(Notification))
    .where('customerId', '=', customerId)
    .where('orderId', 'in', known)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}
