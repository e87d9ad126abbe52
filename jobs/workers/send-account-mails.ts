import { z } from 'zod';
import { sendAccountMails } from '#user/services/send-account-mails.ts';
import { defineQueue, outboxId, signatures } from '../queues/contract.ts';
import { closed, defineWorker } from '../worker.ts';

const accountMailItem = z.object({ outboxId, signatures, mailId: z.uuid() }).meta({
  title: 'AccountMailItem',
  description: 'A message about an account. Its link and its code are not in the job: the worker makes them.',
  examples: [{ outboxId: '17', mailId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1' }],
});

export const sendAccountMailsWorker = defineWorker({
  queue: defineQueue({
    name: 'send-account-mails',
    group: 'user',
    row: { kind: 'account-mail-written' },
    about: 'Messages about accounts, such as the link that proves an address: the worker sends them by email.',
    item: accountMailItem,
    // It outlasts a mail server that is down for two hours.
    policy: { attempts: 13, backoffMs: 1_000, attemptsOfItem: 13 },
  }),
  run: async ({ user, mailer, publicUrl }, items) => {
    await sendAccountMails(
      user,
      mailer,
      publicUrl,
      items.map(({ mailId }) => mailId),
    );
    return { closed: closed(items) };
  },
});
