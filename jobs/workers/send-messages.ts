import { sendMessages } from '#notification/services/send-messages.ts';
import { type MessageItem, sendMessagesQueue } from '../queues/send-messages.ts';
import type { Worker } from '../worker.ts';

export const sendMessagesWorker: Worker<MessageItem> = {
  queue: sendMessagesQueue,
  run: async ({ notification, mailer }, items) => {
    if (mailer !== null) {
      await sendMessages(
        mailer,
        notification,
        items.map(({ notificationId }) => notificationId),
      );
    }
    return [];
  },
  next: [],
  close: null,
};
