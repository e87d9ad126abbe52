import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { type KeyedRequest, keysInsert, once } from '#platform/postgres/idempotency.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { OrderContext } from '#order/context.ts';
import { draftOrder, type OrderDraft, type OrderRequest, refusedProduct } from '#order/domain/order.ts';
import type { OrderRow } from '#order/entities/order.ts';
import { findOrders } from './find-orders.ts';
import { orderEntry } from './order-outbox.ts';
import { unlessSealed } from './seal-orders.ts';

/** Takes an order as PENDING, and notes in the same commit that billing must settle it. */
export async function placeOrder(context: OrderContext, input: OrderRequest & { readonly idempotencyKey: string }) {
  const { em, identity, outbox } = context;
  const { idempotencyKey: key, ...asked } = input;
  const viewer = viewerOf(identity);
  const draft = draftOrder(asked);
  // Refused before the input is hashed: this is the text in it that a client can make as long as it likes.
  if (isRefusal(draft) && refusedProduct(asked.productId) !== null) return draft;
  const request = { customerId: viewer.id, mutation: 'placeOrder', key, input: asked };

  const placed = (id: string) => findOrders(em, viewer.id, [id]).then(([order]) => order!);
  return await once(em, request, placed, async () => {
    if (isRefusal(draft)) return draft;
    const order = await unlessSealed(async () => await insertOrder(context, viewer, request, draft));
    if (!isRefusal(order)) outbox.wakeRelay();
    return order;
  });
}

/** The order, its key and its row of the outbox in one statement, which commits by itself. */
async function insertOrder(
  { em, outbox }: Pick<OrderContext, 'em' | 'outbox'>,
  viewer: Viewer,
  request: KeyedRequest,
  { productId, unitPriceMinor, currency, quantity, totalMinor }: OrderDraft,
): Promise<OrderRow> {
  const asked = {
    id: randomUUIDv7(),
    customerId: viewer.id,
    productId,
    unitPriceMinor,
    currency,
    quantity,
    totalMinor,
  };
  const { rows } = await sql<Omit<OrderRow, keyof typeof asked>>`
    with placed as (
      insert into orders (id, customer_id, product_id, unit_price_minor, currency, quantity, total_minor, status)
      values (${asked.id}, ${asked.customerId}, ${productId}, ${unitPriceMinor}, ${currency}, ${quantity}, ${totalMinor},
        'PENDING')
      returning status, rejection_reason as "rejectionReason", placed_at as "placedAt", settled_at as "settledAt"
    ), key as (${keysInsert([{ request, resultId: asked.id }])}
    ), note as (${outbox.insert([orderEntry('order-placed', asked, viewer)])}
    )
    select * from placed
  `.execute(em.getKysely());
  return { ...asked, ...rows[0]! };
}
