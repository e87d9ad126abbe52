import { z } from 'zod';
import type { QueueContract } from './contract.ts';

const messageItem = z.object({ notificationId: z.uuid() }).meta({ title: 'MessageItem' });

export type MessageItem = z.infer<typeof messageItem>;

/** It holds nobody up: a mail server that is away for two hours is waited for, and the notification can be read. */
export const sendMessagesQueue: QueueContract<MessageItem> = {
  name: 'send-messages',
  group: 'notification',
  signed: { by: [] },
  about: 'Stored notifications that a mail server is to be given.',
  item: messageItem,
  policy: { attempts: 13, backoffMs: 1_000, attemptsOfItem: 13 },
};
