import { sql } from 'kysely';
import { z } from 'zod';
import { viewerOf } from '#platform/identity/identity.ts';
import { once, rememberKeys } from '#platform/postgres/idempotency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { isId } from '#platform/validation/ids.ts';
import { isRefusal, refuse } from '#platform/errors/refusal.ts';
import type { OrderContext } from '#order/context.ts';
import { findOrders } from './find-orders.ts';
import { orderEntry } from './order-outbox.ts';
import { lockOrder } from './refund-order.ts';

/**
 * Asks billing to cancel one of the viewer's PENDING orders. Billing decides under the account's lock: the order is
 * either paid, or cancelled and never paid. Until then it stays PENDING.
 */
export async function cancelOrder(
  { em, identity, outbox }: OrderContext,
  { idempotencyKey: key, orderId }: { readonly orderId: string; readonly idempotencyKey: string },
) {
  const viewer = viewerOf(identity);
  if (!isId(orderId)) return noOrder;
  const request = { customerId: viewer.id, mutation: 'cancelOrder', key, input: { orderId } };

  const cancelling = (id: string) => findOrders(em, viewer.id, [id]).then(([order]) => order!);
  return await once(em, request, cancelling, async () => {
    const order = await em.transactional(async (transaction) => {
      const found = await lockOrder(transaction, { id: orderId, customerId: viewer.id });
      if (found === null) return noOrder;
      if (found.status !== 'PENDING') return notPending;
      if (!(await isRequested(transaction, found.id))) {
        await outbox.note(transaction, [orderEntry('order-cancel', found, viewer)]);
      }
      await rememberKeys(transaction, [{ request, resultId: found.id }]);
      return found;
    });
    if (!isRefusal(order)) outbox.wakeRelay();
    return order;
  });
}

/** Whether an earlier request, with another key, is not decided yet. */
async function isRequested(em: Manager, orderId: string): Promise<boolean> {
  const statement = sql`select exists (select from outbox where kind = 'order-cancel' and key = ${orderId}) as requested`;
  return (await readRow(em, z.object({ requested: z.boolean() }), statement)).requested;
}

const noOrder = refuse('NOT_FOUND', 'This order does not exist or is not yours.', ['input', 'orderId']);
const notPending = refuse('INVALID_STATE', 'Only a pending order can be cancelled. A paid one can be refunded.', [
  'input',
  'orderId',
]);
