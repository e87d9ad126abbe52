import { rejectUnprocessable } from '#billing/services/reject-orders.ts';
import { refundOrders, type Settled } from '#billing/services/settle-orders.ts';
import { closeOrderOutboxQueue } from '../queues/close-outbox.ts';
import type { DecidedOrderItem, OrderItem } from '../queues/order-items.ts';
import { recordOutcomesQueue } from '../queues/record-outcomes.ts';
import { refundOrdersQueue } from '../queues/refund-orders.ts';
import { handOn, type Worker } from '../worker.ts';

export const refundOrdersWorker: Worker<OrderItem> = {
  queue: refundOrdersQueue,
  group: 'billing',
  run: async ({ billing }, orders) => [
    handOn(recordOutcomesQueue, decided(orders, await refundOrders(billing, orders))),
  ],
  // The order is paid again, as it was: nothing was given back.
  setAside: async ({ billing }, order, reason) => [
    handOn(recordOutcomesQueue, decided([order], [await rejectUnprocessable(billing, 'REFUND', order)], reason)),
  ],
  next: [recordOutcomesQueue],
  close: closeOrderOutboxQueue,
};

function decided(
  orders: readonly OrderItem[],
  settled: readonly Settled[],
  failure: string | null = null,
): DecidedOrderItem[] {
  const verdicts = new Map(settled.map((verdict) => [verdict.orderId, verdict]));
  return orders.map((order) => {
    const { rejectionReason, settledAt } = verdicts.get(order.orderId)!;
    const outcome = rejectionReason === null ? 'REFUNDED' : 'REFUND_REFUSED';
    return { ...order, outcome, rejectionReason: null, settledAt, failure };
  });
}
