import { z } from 'zod';
import { clientOf } from '#platform/identity/identity.ts';
import { type Connection, idPosition, page, type PageRequest } from '#platform/graphql/paging.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import type { OrderContext } from '#order/context.ts';
import { tables } from '#order/database.ts';
import type { OrderRow } from '#order/entities/order.ts';

/** An order as its shop sees it: nothing of the customer but the consent. */
export interface ShopOrderView extends Pick<
  OrderRow,
  | 'id'
  | 'productId'
  | 'unitPriceMinor'
  | 'currency'
  | 'quantity'
  | 'totalMinor'
  | 'status'
  | 'refundedMinor'
  | 'rejectionReason'
  | 'placedAt'
  | 'settledAt'
> {
  readonly consentId: string;
}

/** One of the calling shop's orders; null for any other id. */
export async function findShopOrder(
  { em, identity }: OrderContext,
  { id }: { readonly id: string },
): Promise<ShopOrderView | null> {
  if (!isId(id)) return null;
  return (await ordersOf(em, clientOf(identity).clientId).where('orders.id', '=', id).executeTakeFirst()) ?? null;
}

/** The calling shop's orders, newest first. */
export async function listShopOrders(
  { em, identity }: OrderContext,
  request: PageRequest,
): Promise<Connection<ShopOrderView>> {
  const { clientId } = clientOf(identity);
  return await page<ShopOrderView, [string]>(request, {
    name: 'orders of a shop',
    position: z.tuple([idPosition]),
    positionOf: ({ id }) => [id],
    fetch: async (limit, after) =>
      await ordersOf(em, clientId)
        .$if(after !== null, (query) => query.where('orderId', '<', after![0]))
        .orderBy('orderId', 'desc')
        .limit(limit)
        .execute(),
  });
}

/** The columns are named one by one: a shop must not see a column that a later version adds. */
function ordersOf(em: Manager, shopId: string) {
  return tables(em)
    .selectFrom('shop_orders')
    .innerJoin('orders', 'orders.id', 'orderId')
    .select(['consentId', 'orders.id', 'productId', 'unitPriceMinor', 'currency', 'quantity', 'totalMinor'])
    .select(['status', 'refundedMinor', 'rejectionReason', 'placedAt', 'settledAt'])
    .where('shopId', '=', shopId);
}
