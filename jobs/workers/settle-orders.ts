import { rejectOrder } from '#billing/services/reject-orders.ts';
import { settleOrders } from '#billing/services/settle-orders.ts';
import type { Settled } from '#billing/services/settlements.ts';
import { defineQueue, standardPolicy } from '../queues/contract.ts';
import { type DecidedOrderItem, type OrderItem, orderItem } from '../queues/order-items.ts';
import { defineWorker } from '../worker.ts';

export const settleOrdersQueue = defineQueue({
  name: 'settle-orders',
  group: 'billing',
  row: { kind: 'order-placed' },
  about: 'Orders that were placed: billing pays or rejects them.',
  item: orderItem,
  policy: standardPolicy,
});

export const settleOrdersWorker = defineWorker({
  queue: settleOrdersQueue,
  run: async ({ billing }, orders) => ({ next: decided(orders, await settleOrders(billing, orders)) }),
  // Billing records first that the order must not be paid any more. The next workers then treat it as a rejected one.
  deadLetter: async ({ billing }, order, reason) => ({
    next: decided([order], [await rejectOrder(billing, order)], reason),
  }),
});

function decided(
  orders: readonly OrderItem[],
  settled: readonly Settled[],
  failure: string | null = null,
): DecidedOrderItem[] {
  const verdicts = new Map(settled.map((verdict) => [verdict.orderId, verdict]));
  return orders.map(({ signatures: _signatures, ...order }) => {
    const { rejectionReason, settledAt } = verdicts.get(order.orderId)!;
    const outcome = rejectionReason === null ? 'PAID' : 'REJECTED';
    return { ...order, outcome, rejectionReason, settledAt, isHeld: false, failure };
  });
}
