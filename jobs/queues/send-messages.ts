import { z } from 'zod';
import type { QueueContract } from './contract.ts';

const messageItem = z.object({ notificationId: z.uuid() });

export type MessageItem = z.infer<typeof messageItem>;

/**
 * Stored notifications that a mail server is to be given. It holds nobody up: a mail server that is away for two
 * hours is waited for, and the notification is there to be read in any case.
 */
export const sendMessagesQueue: QueueContract<MessageItem> = {
  name: 'send-messages',
  item: messageItem,
  policy: { attempts: 13, backoffMs: 1_000, attemptsOfItem: 13 },
};
