import { rejectOrder } from '#billing/services/reject-orders.ts';
import { settleOrders } from '#billing/services/settle-orders.ts';
import type { Settled } from '#billing/services/settlements.ts';
import { closeOrderOutboxQueue } from '../queues/close-outbox.ts';
import type { DecidedOrderItem, OrderItem } from '../queues/order-items.ts';
import { recordOutcomesQueue } from '../queues/record-outcomes.ts';
import { settleOrdersQueue } from '../queues/settle-orders.ts';
import { dispatch, type Worker } from '../worker.ts';

export const settleOrdersWorker: Worker<OrderItem> = {
  queue: settleOrdersQueue,
  run: async ({ billing }, orders) => [
    dispatch(recordOutcomesQueue, decided(orders, await settleOrders(billing, orders))),
  ],
  // Billing notes first that the order is not to be paid any more; then it goes the way of a rejected one.
  deadLetter: async ({ billing }, order, reason) => [
    dispatch(recordOutcomesQueue, decided([order], [await rejectOrder(billing, order)], reason)),
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
  return orders.map(({ signatures: _signatures, ...order }) => {
    const { rejectionReason, settledAt } = verdicts.get(order.orderId)!;
    const outcome = rejectionReason === null ? 'PAID' : 'REJECTED';
    return { ...order, outcome, rejectionReason, settledAt, isHeld: false, failure };
  });
}
