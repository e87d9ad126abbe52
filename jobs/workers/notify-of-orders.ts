import { type OrderUpdate, notifyOfOrders } from '#notification/services/notify-of-orders.ts';
import { isRefusedRefund } from '#platform/orders/lifecycle.ts';
import { defineQueue, standardPolicy } from '../queues/contract.ts';
import { type DecidedOrderItem, decidedOrderItem } from '../queues/order-items.ts';
import { closed, defineWorker } from '../worker.ts';
import { messagesOf } from './send-messages.ts';

export const notifyOfOrdersQueue = defineQueue({
  name: 'notify-of-orders',
  group: 'notification',
  row: { key: ['orderId', 'refundId'] },
  about: 'Orders whose outcome is recorded: notification writes to the customer.',
  item: decidedOrderItem,
  policy: standardPolicy,
});

export const notifyOfOrdersWorker = defineWorker({
  queue: notifyOfOrdersQueue,
  run: async ({ notification, mailer, publishLive }, items) => {
    const written = await notifyOfOrders(notification, items.flatMap(updateOf));
    publishLive(written.map(({ id, customerId }) => ({ kind: 'notification-added', customerId, notificationId: id })));
    return { next: messagesOf(written, mailer), closed: closed(items, ({ failure }) => failure) };
  },
});

/** A refund that could not be made leaves the order as it was, so the customer gets no message. */
function updateOf(item: DecidedOrderItem): OrderUpdate[] {
  const { outcome } = item;
  return isRefusedRefund(outcome) ? [] : [{ ...item, outcome }];
}
