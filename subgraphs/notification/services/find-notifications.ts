import { type PermitContext, requirePermit } from '#platform/identity/permit.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#notification/database.ts';
import { Notification, type NotificationRow } from '#notification/entities/notification.ts';

/** A customer's notifications by id. The result leaves out malformed ids, unknown ids and those of other customers. */
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

/** A customer's notifications about these orders, oldest first. Orders of other customers have none. */
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

/**
 * The customer who got a notification, for a search of staff that the user subgraph makes.
 *
 * @throws FORBIDDEN without a permit for this search.
 */
export async function customerIdOfNotification(
  context: PermitContext & { readonly em: Manager },
  { notificationId, permit }: { readonly notificationId: string; readonly permit: string },
): Promise<string | null> {
  await requirePermit(context, permit, `notification:${notificationId}`);
  if (!isId(notificationId)) return null;
  const query = tables(context.em).selectFrom('notifications').select('customerId').where('id', '=', notificationId);
  return (await query.executeTakeFirst())?.customerId ?? null;
}
