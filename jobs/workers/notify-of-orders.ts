import { type OrderUpdate, notifyOfOrders } from '#notification/services/notify-of-orders.ts';
import { closeOrderOutboxQueue } from '../queues/close-outbox.ts';
import { notifyOfOrdersQueue } from '../queues/notify-of-orders.ts';
import type { DecidedOrderItem } from '../queues/order-items.ts';
import { sendMessagesQueue } from '../queues/send-messages.ts';
import { closeRows, dispatch, type Worker } from '../worker.ts';

export const notifyOfOrdersWorker: Worker<DecidedOrderItem> = {
  queue: notifyOfOrdersQueue,
  run: async ({ notification, mailer, publishLive }, items) => {
    const written = await notifyOfOrders(notification, items.flatMap(news));
    publishLive(written.map(({ id, customerId }) => ({ kind: 'notification-added', customerId, notificationId: id })));
    return [
      dispatch(sendMessagesQueue, mailer === null ? [] : written.map(({ id }) => ({ notificationId: id }))),
      closeRows(closeOrderOutboxQueue, notifyOfOrdersQueue, items, ({ failure }) => failure),
    ];
  },
  next: [sendMessagesQueue],
  close: closeOrderOutboxQueue,
};

/** A refund that could not be made leaves the order as it was: there is nothing to tell. */
function news(item: DecidedOrderItem): OrderUpdate[] {
  const { outcome } = item;
  return outcome === 'REFUND_REFUSED' ? [] : [{ ...item, outcome }];
}
