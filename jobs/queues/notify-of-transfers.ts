import { z } from 'zod';
import {
  currency,
  descriptionText,
  minor,
  nameText,
  outboxId,
  type QueueContract,
  signatures,
  standardPolicy,
} from './contract.ts';

const transferItem = z
  .object({
    outboxId,
    signatures,
    transactionId: z.uuid(),
    customerId: z.uuid().describe('The receiver.'),
    senderName: nameText,
    receivedMinor: minor,
    currency,
    description: descriptionText.nullable(),
  })
  .meta({ title: 'TransferItem' });

export type TransferItem = z.infer<typeof transferItem>;

/** How to reach a new receiver may be known only later, so an item is tried as long as its job is. */
export const notifyOfTransfersQueue: QueueContract<TransferItem> = {
  name: 'notify-of-transfers',
  group: 'notification',
  signed: { rows: 'transfer-sent' },
  about: 'Transfers to somebody else: notification tells the receiver. First on the way of a transfer.',
  item: transferItem,
  policy: { ...standardPolicy, attemptsOfItem: standardPolicy.attempts },
};
