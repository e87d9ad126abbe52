import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { insertRows } from '#platform/postgres/batch-rows.ts';
import { type KeyedRequest, keysInsert, once } from '#platform/postgres/idempotency.ts';
import { columnsOfSchema, readRow } from '#platform/postgres/read-rows.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { OrderContext } from '#order/context.ts';
import { draftOrder, type OrderDraft, type OrderRequest, textFaults } from '#order/domain/order.ts';
import { filledByDatabase, Order, type OrderRow } from '#order/entities/order.ts';
import { ShopOrder, type ShopOrderRow } from '#order/entities/shop-order.ts';
import { findOrders } from './find-orders.ts';
import { type OrderContact, orderEntry } from './order-outbox.ts';
import { unlessSealed } from './seal-orders.ts';

/** Stores an order as PENDING, and writes the outbox entry for billing in the same commit. */
export async function placeOrder(context: OrderContext, input: OrderRequest & { readonly idempotencyKey: string }) {
  const { em, identity, outbox } = context;
  const { idempotencyKey: key, ...orderInput } = input;
  const viewer = viewerOf(identity);
  const draft = draftOrder(orderInput);
  // Long texts are refused before the input is hashed.
  if (isRefusal(draft) && textFaults(orderInput).some((fault) => fault !== null)) return draft;
  const request = { customerId: viewer.id, mutation: 'placeOrder', key, input: orderInput };

  const placed = (id: string) => findOrders(em, viewer.id, [id]).then(([order]) => order!);
  return await once(em, request, placed, async () => {
    if (isRefusal(draft)) return draft;
    const ordered = { id: randomUUIDv7(), customerId: viewer.id, ...draft, status: 'PENDING' as const };
    const order = await unlessSealed(async () => await insertOrder(context, ordered, request, viewer));
    if (isRefusal(order)) return order;
    outbox.wakeRelay();
    // No shop placed it: an answer that shows the shop needs no statement.
    context.shopsOfOrders.prime(order.id, null);
    return order;
  });
}

type NewOrder = OrderDraft & Pick<OrderRow, 'id' | 'customerId' | 'status'>;

/**
 * Inserts the order, its key and its outbox row in one statement, which commits on its own.
 *
 * @param shop where a shop placed the order.
 */
export async function insertOrder(
  { em, outbox }: Pick<OrderContext, 'em' | 'outbox'>,
  order: NewOrder,
  request: KeyedRequest,
  contact: OrderContact,
  shop?: Omit<ShopOrderRow, 'orderId'>,
): Promise<OrderRow> {
  const shopOrders = shop === undefined ? [] : [{ orderId: order.id, ...shop }];
  const statement = sql`
    with placed as (
      ${insertRows(em, Order, [order], filledByDatabase)}
      returning ${columnsOfSchema(filledColumns)}
    ), key as (${keysInsert([{ request, resultId: order.id }])}
    ), ${shopOrders.length === 0 ? sql`` : sql`shop as (${insertRows(em, ShopOrder, shopOrders)}), `}note as (
      ${outbox.insert([orderEntry('order-placed', order, contact, shop)])}
    )
    select * from placed`;
  return { ...order, ...(await readRow(em, filledColumns, statement)) };
}

const filledColumns = z.object({
  refundedMinor: z.bigint(),
  rejectionReason: z.null(),
  placedAt: z.date(),
  settledAt: z.null(),
});
