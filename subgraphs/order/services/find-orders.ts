import { type PermitContext, requirePermit } from '#platform/identity/permit.ts';
import { isId } from '#platform/validation/ids.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { tables } from '#order/database.ts';
import { Order, type OrderRow } from '#order/entities/order.ts';

/** An order of any customer, for staff and for ids that come from the caller's own idempotency keys. */
export async function findOrder(em: Manager, id: string): Promise<OrderRow | undefined> {
  return await tables(em).selectFrom('orders').select(columnsOf(Order)).where('id', '=', id).executeTakeFirst();
}

/** A customer's orders by id. The result leaves out ids of no order and of other customers' orders. */
export async function findOrders(em: Manager, customerId: string, ids: readonly string[]): Promise<OrderRow[]> {
  const known = ids.filter(isId);
  if (known.length === 0) return [];
  return await tables(em)
    .selectFrom('orders')
    .select(columnsOf(Order))
    .where('customerId', '=', customerId)
    .where('id', 'in', known)
    .execute();
}

/** The customer who placed an order; null for a text that is the id of none. */
export async function customerOfOrder(em: Manager, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const orders = tables(em).selectFrom('orders').select('customerId');
  return (await orders.where('id', '=', id).executeTakeFirst())?.customerId ?? null;
}

/**
 * The customer who placed an order, for a search of staff that the user subgraph makes.
 *
 * @throws FORBIDDEN without a permit for this search.
 */
export async function customerIdOfOrder(
  context: PermitContext & { readonly em: Manager },
  { orderId, permit }: { readonly orderId: string; readonly permit: string },
): Promise<string | null> {
  await requirePermit(context, permit, `order:${orderId}`);
  return await customerOfOrder(context.em, orderId);
}
