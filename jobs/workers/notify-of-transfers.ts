import { notifyOfTransfers } from '#notification/services/notify-of-transfers.ts';
import { closeBillingOutboxQueue } from '../queues/close-outbox.ts';
import { notifyOfTransfersQueue, type TransferItem } from '../queues/notify-of-transfers.ts';
import { sendMessagesQueue } from '../queues/send-messages.ts';
import { closeRows, handOn, type Worker } from '../worker.ts';

export const notifyOfTransfersWorker: Worker<TransferItem> = {
  queue: notifyOfTransfersQueue,
  run: async ({ notification, mailer, tellLive }, items) => {
    const written = await notifyOfTransfers(notification, items);
    tellLive(written.map(({ id, customerId }) => ({ kind: 'notification-added', customerId, notificationId: id })));
    return [
      handOn(sendMessagesQueue, mailer === null ? [] : written.map(({ id }) => ({ notificationId: id }))),
      closeRows(closeBillingOutboxQueue, notifyOfTransfersQueue, items),
    ];
  },
  next: [sendMessagesQueue],
  close: closeBillingOutboxQueue,
};
