import { z } from 'zod';
import { notifyOfTransfers } from '#notification/services/notify-of-transfers.ts';
import {
  currency,
  defineQueue,
  descriptionText,
  minor,
  nameText,
  outboxId,
  signatures,
  standardPolicy,
} from '../queues/contract.ts';
import { closed, defineWorker } from '../worker.ts';
import { messagesOf } from './send-messages.ts';

const transferItem = z
  .object({
    outboxId,
    signatures,
    transactionId: z.uuid(),
    customerId: z.uuid().describe('The receiver.'),
    senderId: z.uuid().nullable().default(null).describe('Null in rows of releases before 0.2.0.'),
    senderName: nameText,
    receivedMinor: minor,
    currency,
    description: descriptionText.nullable(),
  })
  .meta({
    title: 'TransferItem',
    examples: [
      {
        outboxId: '17',
        transactionId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1',
        customerId: '01a1fd28-33e3-71d0-97d5-49badbf8fee4',
        senderId: '01a1fd28-33e3-78a5-adf3-2f877f1d3429',
        senderName: 'Ada',
        receivedMinor: '1250',
        currency: 'USD',
        description: 'Lunch',
      },
    ],
  });

export const notifyOfTransfersWorker = defineWorker({
  queue: defineQueue({
    name: 'notify-of-transfers',
    group: 'notification',
    row: { kind: 'transfer-sent' },
    about: 'Transfers to another customer: notification writes to the receiver.',
    item: transferItem,
    // A new receiver's contact data may arrive later, so an item is tried as often as its job.
    policy: { ...standardPolicy, attemptsOfItem: standardPolicy.attempts },
  }),
  run: async ({ notification, mailer, publishLive }, items) => {
    const written = await notifyOfTransfers(notification, items);
    publishLive(written.map(({ id, customerId }) => ({ kind: 'notification-added', customerId, notificationId: id })));
    return { next: messagesOf(written, mailer), closed: closed(items) };
  },
});
