import { randomUUIDv7 } from 'node:crypto';
import { type KeyedRequest, once, rememberKeys } from '#platform/idempotency.ts';
import { type Viewer, viewerOf } from '#platform/identity.ts';
import { noteInOutbox } from '#platform/outbox.ts';
import { isRefusal } from '#platform/refusal.ts';
import type { OrderContext } from '#order/context.ts';
import type { Manager } from '#platform/database.ts';
import { tables } from '#order/database.ts';
import { draftOrder, type OrderDraft, type OrderRequest } from '#order/domain/order.ts';
import type { OrderRow } from '#order/entities/order.ts';
import { findOrders } from './find-orders.ts';
import { orderEntry } from './order-outbox.ts';

/** Takes an order as PENDING, and notes in the same commit that billing must settle it. */
export async function placeOrder(context: OrderContext, input: OrderRequest & { readonly idempotencyKey: string }) {
  const { em, identity, ringOutbox } = context;
  const { idempotencyKey: key, ...asked } = input;
  const viewer = viewerOf(identity);
  const request = { customerId: viewer.id, mutation: 'placeOrder', key, input: asked };

  const placed = (id: string) => findOrders(em, viewer.id, [id]).then(([order]) => order!);
  return await once(em, request, placed, async () => {
    const draft = draftOrder(asked);
    if (isRefusal(draft)) return draft;
    const order = await em.transactional((transaction) => insertOrder(transaction, viewer, request, draft));
    ringOutbox();
    return order;
  });
}

async function insertOrder(em: Manager, viewer: Viewer, request: KeyedRequest, draft: OrderDraft): Promise<OrderRow> {
  const order = await tables(em)
    .insertInto('orders')
    .values({ id: randomUUIDv7(), customerId: viewer.id, ...draft, status: 'PENDING' })
    .returningAll()
    .executeTakeFirstOrThrow();
  await rememberKeys(em, [{ request, resultId: order.id }]);
  await noteInOutbox(em, [orderEntry('order-placed', order, viewer)]);
  return order;
}
