import { notifyOfTransfers } from '#notification/services/notify-of-transfers.ts';
import { closeBillingOutboxQueue } from '../queues/close-outbox.ts';
import { notifyOfTransfersQueue, type TransferItem } from '../queues/notify-of-transfers.ts';
import { sendMessagesQueue } from '../queues/send-messages.ts';
import { closeRows, dispatch, type Worker } from '../worker.ts';

export const notifyOfTransfersWorker: Worker<TransferItem> = {
  queue: notifyOfTransfersQueue,
  run: async ({ notification, mailer, publishLive }, items) => {
    const written = await notifyOfTransfers(notification, items);
    publishLive(written.map(({ id, customerId }) => ({ kind: 'notification-added', customerId, notificationId: id })));
    return [
      dispatch(sendMessagesQueue, mailer === null ? [] : written.map(({ id }) => ({ notificationId: id }))),
      closeRows(closeBillingOutboxQueue, notifyOfTransfersQueue, items),
    ];
  },
  next: [sendMessagesQueue],
  close: closeBillingOutboxQueue,
};
