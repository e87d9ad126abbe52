import { refundOrders } from '#billing/services/refund-orders.ts';
import { rejectRefund } from '#billing/services/reject-orders.ts';
import { closeOrderOutboxQueue } from '../queues/close-outbox.ts';
import type { DecidedOrderItem, OrderItem } from '../queues/order-items.ts';
import { recordOutcomesQueue } from '../queues/record-outcomes.ts';
import { refundOrdersQueue } from '../queues/refund-orders.ts';
import { dispatch, type Worker } from '../worker.ts';

export const refundOrdersWorker: Worker<OrderItem> = {
  queue: refundOrdersQueue,
  run: async ({ billing }, orders) => {
    const refunds = new Map((await refundOrders(billing, orders)).map((refund) => [refund.orderId, refund]));
    return [
      dispatch(
        recordOutcomesQueue,
        orders.map((order) => decided(order, refunds.get(order.orderId)!)),
      ),
    ];
  },
  // The order is paid again, as it was: nothing was given back.
  deadLetter: async ({ billing }, order, failure) => [
    dispatch(recordOutcomesQueue, [decided(order, { ...(await rejectRefund(billing, order)), failure })]),
  ],
  next: [recordOutcomesQueue],
  close: closeOrderOutboxQueue,
};

type Decision = Pick<DecidedOrderItem, 'rejectionReason' | 'settledAt'> &
  Partial<Pick<DecidedOrderItem, 'isHeld' | 'failure'>>;

function decided({ signatures: _signatures, ...order }: OrderItem, decision: Decision): DecidedOrderItem {
  const { rejectionReason, settledAt, isHeld = false, failure = null } = decision;
  const outcome = rejectionReason === null ? 'REFUNDED' : 'REFUND_REFUSED';
  return { ...order, outcome, rejectionReason: null, settledAt, isHeld, failure };
}
