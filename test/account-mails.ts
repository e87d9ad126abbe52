import { database as definition } from '#user/database.ts';
import { sendAccountMails } from '#user/services/send-account-mails.ts';
import { openDatabase } from '#platform/postgres/database.ts';
import { letterText } from '#platform/mail/letter.ts';
import type { Mailer, MailMessage } from '#platform/messaging/mailer.ts';
import { Client } from 'pg';

export interface SentMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The token of the link; null if the message has none. */
  readonly token: string | null;
  readonly code: string | null;
}

/** Sends the messages about accounts of a user database as the worker does, with the worker's role. */
export async function openAccountMails({
  workerUrl,
  databaseUrl,
}: {
  readonly workerUrl: string;
  readonly databaseUrl: string;
}) {
  const database = await openDatabase(definition, { url: workerUrl, poolSize: 2, applicationName: 'test' });
  const owner = new Client({ connectionString: databaseUrl });
  await owner.connect();

  /** Tries to send everything that is not sent, and returns what a mail server accepted. */
  const send = async (mailer: Mailer = accepting()): Promise<SentMail[]> => {
    const { rows } = await owner.query<{ id: string }>(
      'select id from account_mails where sent_at is null order by id',
    );
    const sent: MailMessage[] = [];
    const recording: Mailer = {
      deliver: async (messages) => {
        const results = await mailer.deliver(messages);
        sent.push(...messages.filter((_message, index) => results[index]?.status === 'fulfilled'));
        return results;
      },
    };
    const ids = rows.map(({ id }) => id);
    await sendAccountMails(database.em.fork(), recording, 'https://wallet.example', ids);
    return sent.map(viewOf);
  };
  return {
    send,
    /** Sends everything, and returns the messages to one address. */
    sentTo: async (address: string) => (await send()).filter(({ to }) => to === address),
    close: async () => {
      await owner.end();
      await database.close();
    },
  };
}

export type AccountMails = Awaited<ReturnType<typeof openAccountMails>>;

export const accepting = (): Mailer => ({
  deliver: async (messages) =>
    await Promise.allSettled(messages.map(async (message) => await Promise.resolve(message))),
});

export function viewOf({ id, recipient, subject, body }: MailMessage): SentMail {
  const text = typeof body === 'string' ? body : letterText(body);
  return {
    id,
    to: recipient,
    subject,
    text,
    token: /#token=([\w-]+)$/m.exec(text)?.[1] ?? null,
    code: /^\d{8}$/m.exec(text)?.[0] ?? null,
  };
}
