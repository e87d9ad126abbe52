import { z } from 'zod';
import { resendMessages } from '#notification/services/resend-messages.ts';
import { defineQueue, outboxId, signatures } from '../queues/contract.ts';
import { closed, defineWorker } from '../worker.ts';

const resendItem = z
  .object({
    outboxId,
    signatures,
    resendId: z.uuid(),
    userId: z.uuid(),
    notificationId: z.uuid(),
    requestedAt: z.iso.datetime(),
    contactVersion: z
      .int()
      .positive()
      .optional()
      .describe('The version of the customer whose address was checked. Absent in jobs of an earlier release.'),
  })
  .meta({
    title: 'ResendItem',
    description: 'A notification that an operator sends again to its customer.',
    examples: [
      {
        outboxId: '17',
        resendId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1',
        userId: '01a1fd28-1f2e-7a52-9f0b-5a3f0e6c1d11',
        notificationId: '01a1fd28-2b7c-7c30-8d15-0b1c2d3e4f55',
        requestedAt: '2026-01-31T09:30:00.000Z',
        contactVersion: 2,
      },
    ],
  });

export const resendMessagesWorker = defineWorker({
  queue: defineQueue({
    name: 'resend-messages',
    group: 'notification',
    row: { kind: 'message-resend-requested' },
    about: 'Notifications that an operator sends again: the worker sends them by email.',
    item: resendItem,
    // It outlasts a mail server that is down for two hours.
    policy: { attempts: 13, backoffMs: 1_000, attemptsOfItem: 13 },
  }),
  run: async ({ notification, mailer }, items) => {
    if (mailer !== null) await resendMessages(mailer, notification, items);
    return { closed: closed(items) };
  },
});
