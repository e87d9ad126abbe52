import { LockMode } from '@mikro-orm/postgresql';
import { refundRequest } from '#platform/orders/lifecycle.ts';
import { type KeyedRequest, once, rememberKeys } from '#platform/postgres/idempotency.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { OrderContext } from '#order/context.ts';
import { Order, type OrderRow } from '#order/entities/order.ts';
import { findOrders } from './find-orders.ts';
import { type OrderContact, orderEntry } from './order-outbox.ts';
import { unlessSealed } from './seal-orders.ts';

export interface RefundRequest {
  readonly orderId: string;
  readonly idempotencyKey: string;
}

/** Makes a PAID order REFUNDING, and writes the outbox entry for billing in the same commit. */
export async function refundOrder(context: OrderContext, { idempotencyKey: key, orderId }: RefundRequest) {
  const { em, identity, outbox } = context;
  const viewer = viewerOf(identity);
  if (!isId(orderId)) return noOrder;
  const request = { customerId: viewer.id, mutation: 'refundOrder', key, input: { orderId } };

  const refunding = (id: string) => findOrders(em, viewer.id, [id]).then(([order]) => order!);
  return await once(em, request, refunding, async () => {
    const order = await unlessSealed(
      async () => await em.transactional((transaction) => refund(transaction, outbox, viewer, request)),
    );
    if (!isRefusal(order)) outbox.wakeRelay();
    return order;
  });
}

const noOrder = refuse('NOT_FOUND', 'This order does not exist or is not yours.', ['input', 'orderId']);

async function refund(
  em: Manager,
  outbox: Outbox,
  viewer: Viewer,
  request: KeyedRequest & { readonly input: { readonly orderId: string } },
): Promise<OrderRow | Refusal<'NOT_FOUND' | 'INVALID_STATE'>> {
  const order = await lockOrder(em, { id: request.input.orderId, customerId: viewer.id });
  if (order === null) return noOrder;
  const refused = await beginRefund(em, outbox, order, viewer);
  if (refused !== null) return refused;
  await rememberKeys(em, [{ request, resultId: order.id }]);
  return order;
}

export async function lockOrder(
  em: Manager,
  where: { readonly id: string; readonly customerId?: string },
): Promise<OrderRow | null> {
  return await em.findOne(Order, where, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Makes a locked order REFUNDING, with the outbox entry for billing. Returns null where it did. */
export async function beginRefund(
  em: Manager,
  outbox: Outbox,
  order: OrderRow,
  contact: OrderContact,
): Promise<Refusal<'INVALID_STATE'> | null> {
  if (order.status !== refundRequest.from)
    return refuse('INVALID_STATE', 'Only a paid order can be refunded.', ['input', 'orderId']);
  order.status = refundRequest.to;
  await em.flush();
  await outbox.note(em, [orderEntry('order-refund', order, contact)]);
  return null;
}
