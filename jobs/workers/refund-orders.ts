import { type Refunded, refundOrders } from '#billing/services/refund-orders.ts';
import { rejectRefund } from '#billing/services/reject-orders.ts';
import { defineQueue, standardPolicy } from '../queues/contract.ts';
import { type DecidedOrderItem, type OrderItem, orderItem } from '../queues/order-items.ts';
import { defineWorker } from '../worker.ts';

export const refundOrdersQueue = defineQueue({
  name: 'refund-orders',
  group: 'billing',
  row: { kind: 'order-refund' },
  about: 'Refunds of paid orders, in whole or in part: billing pays the money back.',
  item: orderItem,
  policy: standardPolicy,
});

export const refundOrdersWorker = defineWorker({
  queue: refundOrdersQueue,
  run: async ({ billing }, orders) => {
    const refunds = await refundOrders(billing, orders);
    return {
      next: orders.map((order) => {
        const { orderId, refundId = null } = order;
        return decided(
          order,
          refunds.find((refund) => refund.orderId === orderId && refund.refundId === refundId)!,
        );
      }),
    };
  },
  // The order stays as it was: billing paid nothing back.
  deadLetter: async ({ billing }, order, failure) => ({
    next: [decided(order, await rejectRefund(billing, order), failure)],
  }),
});

function decided(
  { signatures: _signatures, ...order }: OrderItem,
  { outcome, settledAt, isHeld }: Pick<Refunded, 'outcome' | 'settledAt' | 'isHeld'>,
  failure: string | null = null,
): DecidedOrderItem {
  return { ...order, outcome, rejectionReason: null, settledAt, isHeld, failure };
}
