import { z } from 'zod';
import { sendMessages } from '#notification/services/send-messages.ts';
import { defineQueue } from '../queues/contract.ts';
import { defineWorker, type Services } from '../worker.ts';

const messageItem = z.object({ notificationId: z.uuid() }).meta({
  title: 'MessageItem',
  examples: [{ notificationId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1' }],
});

type MessageItem = z.infer<typeof messageItem>;

export const sendMessagesQueue = defineQueue({
  name: 'send-messages',
  group: 'notification',
  row: null,
  about: 'Stored notifications to be sent by email.',
  item: messageItem,
  // No other job waits for this one, so its attempts last about two hours: a mail server may be down for that long.
  policy: { attempts: 13, backoffMs: 1_000, attemptsOfItem: 13 },
});

export const sendMessagesWorker = defineWorker({
  queue: sendMessagesQueue,
  run: async ({ notification, mailer, mailBounds }, items) => {
    if (mailer !== null) {
      await sendMessages(
        mailer,
        notification,
        mailBounds,
        items.map(({ notificationId }) => notificationId),
      );
    }
    return {};
  },
});

/** The emails for notifications that were written; none if no mail server is set. */
export function messagesOf(written: readonly { readonly id: string }[], mailer: Services['mailer']): MessageItem[] {
  return mailer === null ? [] : written.map(({ id }) => ({ notificationId: id }));
}
