import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { tables } from '#order/database.ts';
import type { ShopOrderRow } from '#order/entities/shop-order.ts';

/** What these orders have in addition if a shop placed them. The caller may see the orders. */
export async function findShopsOfOrders(em: Manager, orderIds: readonly string[]): Promise<ShopOrderRow[]> {
  return await tables(em)
    .selectFrom('shop_orders')
    .select(['orderId', 'consentId', 'shopId', 'shopOwnerId', 'shopName'])
    .where('orderId', '=', anyOf(orderIds, 'uuid'))
    .execute();
}
