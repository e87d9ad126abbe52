import { afterAll, afterEach, beforeEach } from '@jest/globals';
import { keepContacts, type UserUpdate } from '#notification/services/keep-contacts.ts';
import { notifyOfOrders, type OrderUpdate } from '#notification/services/notify-of-orders.ts';
import { sendMessages } from '#notification/services/send-messages.ts';
import type { MailBounds } from '#platform/mail/mail-bounds.ts';
import { createMailer, type Mailer } from '#platform/messaging/mailer.ts';
import { startMailServer } from './mail-server.ts';
import { openNotificationDatabase, orderUpdate, userUpdate } from './notification-database.ts';

const wide = { perRecipient: 1_000, perSender: 1_000 };

export const mailerTo = (smtpUrl: string): Mailer => createMailer({ smtpUrl, from: 'Wallet <wallet@example.com>' })!;

/** A notification database for a test file, and a mail server for each test. Both end with it. */
export async function useMessages() {
  const database = await openNotificationDatabase();
  afterAll(async () => await database.close());
  let server: Awaited<ReturnType<typeof startMailServer>>;
  beforeEach(async () => {
    server = await startMailServer();
  });
  afterEach(async () => await server.stop());

  async function keepContactsOf(updates: readonly OrderUpdate[], changes: Partial<UserUpdate> = {}): Promise<void> {
    const contacts = updates.map(({ customerId, email, name }) =>
      userUpdate({ userId: customerId, email, name, ...changes }),
    );
    await keepContacts(database.newManager(), contacts);
  }

  return {
    database,
    server: () => server,
    keepContactsOf,
    /** Stores one notification per recipient. `sent` returns, by recipient, whether it is marked as sent. */
    stored: async (...recipients: string[]) => {
      const updates = recipients.map((email) => orderUpdate({ email }));
      await keepContactsOf(updates);
      const ids = (await notifyOfOrders(database.newManager(), updates)).map(({ id }) => id);
      const sent = async () => {
        const rows = await Promise.all(
          updates.map(async ({ customerId }) => await database.notificationsOf(customerId)),
        );
        return new Map(rows.flat().map(({ recipient, sentAt }) => [recipient, sentAt != null]));
      };
      return { updates, ids, sent };
    },
    /** Sends notifications, to the mail server of the test if no other is named. */
    send: async (
      ids: readonly string[],
      { url = server.url, bounds = wide }: { url?: string; bounds?: MailBounds } = {},
    ) => await sendMessages(mailerTo(url), database.newManager(), bounds, ids),
  };
}
