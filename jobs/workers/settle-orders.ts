import { cancelOrders, rejectOrder } from '#billing/services/reject-orders.ts';
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

export const cancelOrdersQueue = defineQueue({
  name: 'cancel-orders',
  group: 'billing',
  row: { kind: 'order-cancel' },
  about:
    'Orders whose customers cancel them: billing makes sure that they are never paid, unless they are paid already.',
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

export const cancelOrdersWorker = defineWorker({
  queue: cancelOrdersQueue,
  run: async ({ billing }, orders) => ({ next: decided(orders, await cancelOrders(billing, orders)) }),
});

function decided(
  orders: readonly OrderItem[],
  settled: readonly Settled[],
  failure: string | null = null,
): DecidedOrderItem[] {
  const verdicts = new Map(settled.map((verdict) => [verdict.orderId, verdict]));
  return orders.map(({ signatures: _signatures, ...order }) => {
    const { rejectionReason: reason, settledAt } = verdicts.get(order.orderId)!;
    const outcome =
      reason === null
        ? ({ outcome: 'PAID', rejectionReason: null } as const)
        : reason === 'CANCELLED'
          ? ({ outcome: 'CANCELLED', rejectionReason: null } as const)
          : ({ outcome: 'REJECTED', rejectionReason: reason } as const);
    return { ...order, ...outcome, settledAt, isHeld: false, failure };
  });
}
