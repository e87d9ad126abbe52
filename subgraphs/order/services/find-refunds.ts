import type DataLoader from 'dataloader';
import type { Currency } from '#platform/money/currency.ts';
import { columnsOf, type Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { tables } from '#order/database.ts';
import type { OrderRow } from '#order/entities/order.ts';
import { Refund, type RefundRow } from '#order/entities/refund.ts';

/** A refund, in the currency of its order. */
export interface RefundOfOrder extends RefundRow {
  readonly currency: Currency;
}

/** The refunds of an order, oldest first. */
export async function refundsOf(
  { id, currency }: Pick<OrderRow, 'id' | 'currency'>,
  loader: DataLoader<string, RefundRow[]>,
): Promise<RefundOfOrder[]> {
  return (await loader.load(id)).map((refund) => ({ ...refund, currency }));
}

/** The refunds of orders, oldest first. The caller has checked who may see the orders. */
export async function findRefunds(em: Manager, orderIds: readonly string[]): Promise<RefundRow[]> {
  return await tables(em)
    .selectFrom('refunds')
    .select(columnsOf(Refund))
    .where('orderId', '=', anyOf(orderIds, 'uuid'))
    .orderBy('requestedAt')
    .orderBy('id')
    .execute();
}
