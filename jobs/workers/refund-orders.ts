import { refundOrders } from '#billing/services/refund-orders.ts';
import { rejectRefund } from '#billing/services/reject-orders.ts';
import { defineQueue, standardPolicy } from '../queues/contract.ts';
import { type DecidedOrderItem, type OrderItem, orderItem } from '../queues/order-items.ts';
import { defineWorker } from '../worker.ts';

export const refundOrdersQueue = defineQueue({
  name: 'refund-orders',
  group: 'billing',
  row: { kind: 'order-refund' },
  about: 'Paid orders whose customers want a refund: billing reverses the payments.',
  item: orderItem,
  policy: standardPolicy,
});

export const refundOrdersWorker = defineWorker({
  queue: refundOrdersQueue,
  run: async ({ billing }, orders) => {
    const refunds = new Map((await refundOrders(billing, orders)).map((refund) => [refund.orderId, refund]));
    return { next: orders.map((order) => decided(order, refunds.get(order.orderId)!)) };
  },
  // The order stays paid: billing reversed nothing.
  deadLetter: async ({ billing }, order, failure) => ({
    next: [decided(order, { ...(await rejectRefund(billing, order)), failure })],
  }),
});

type Decision = Pick<DecidedOrderItem, 'rejectionReason' | 'settledAt'> &
  Partial<Pick<DecidedOrderItem, 'isHeld' | 'failure'>>;

function decided({ signatures: _signatures, ...order }: OrderItem, decision: Decision): DecidedOrderItem {
  const { rejectionReason, settledAt, isHeld = false, failure = null } = decision;
  const outcome = rejectionReason === null ? 'REFUNDED' : 'REFUND_REFUSED';
  return { ...order, outcome, rejectionReason: null, settledAt, isHeld, failure };
}
