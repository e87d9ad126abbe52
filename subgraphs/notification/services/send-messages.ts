import { createTransport } from 'nodemailer';
import { sql } from 'kysely';
import type { Manager } from '#platform/database.ts';
import { errorText } from '#platform/log.ts';
import { tables } from '#notification/database.ts';
import type { NotificationRow } from '#notification/entities/notification.ts';

/** A mail server. */
export interface Mailer {
  /** Settles when each message is taken or refused; the reasons stand in the order of the messages. */
  readonly deliver: (messages: readonly MailMessage[]) => Promise<PromiseSettledResult<unknown>[]>;
}

type MailMessage = Pick<NotificationRow, 'id' | 'recipient' | 'subject' | 'body' | 'createdAt'>;

/** Some messages were not taken; the others are marked as sent, so that trying again repeats none. */
export class MessagesNotSent extends Error {
  constructor(reasons: readonly unknown[], messages: number) {
    const [reason] = reasons;
    const code = reason instanceof Error && 'code' in reason ? `${String(reason.code)} ` : '';
    super(`the mail server did not take ${reasons.length} of ${messages} messages: ${code}${errorText(reason)}`, {
      cause: reason,
    });
    this.name = 'MessagesNotSent';
  }
}

/**
 * Sends those of the notifications that were not sent yet. They are there to be read in any case.
 *
 * @throws MessagesNotSent
 */
export async function sendMessages(mailer: Mailer, em: Manager, notificationIds: readonly string[]): Promise<void> {
  const messages = await findUnsent(em, notificationIds);
  const results = await mailer.deliver(messages);
  await markSent(
    em,
    messages.filter((_message, index) => results[index]?.status === 'fulfilled').map(({ id }) => id),
  );
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (reasons.length > 0) throw new MessagesNotSent(reasons, messages.length);
}

async function findUnsent(em: Manager, ids: readonly string[]) {
  return await tables(em)
    .selectFrom('notifications')
    .select(['id', 'recipient', 'subject', 'body', 'createdAt'])
    .where('id', 'in', ids)
    .where('sentAt', 'is', null)
    .execute();
}

async function markSent(em: Manager, ids: readonly string[]): Promise<void> {
  await sql`update notifications set sent_at = now() where id = any(${ids}::uuid[])`.execute(em.getKysely());
}

const mostConnections = 5;
const connectTimeoutMs = 10_000;
const silenceTimeoutMs = 30_000;

/** Null without an address: then nothing is sent. `from` is the sender of every message. */
export function createMailer(smtpUrl: string | undefined, from: string): Mailer | null {
  if (smtpUrl === undefined) return null;
  return {
    deliver: async (messages) => {
      const transport = createTransport({
        url: smtpUrl,
        pool: true,
        maxConnections: mostConnections,
        connectionTimeout: connectTimeoutMs,
        greetingTimeout: connectTimeoutMs,
        socketTimeout: silenceTimeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        return await Promise.allSettled(messages.map(async (message) => await transport.sendMail(mail(from, message))));
      } finally {
        transport.close();
      }
    },
  };
}

function mail(from: string, { id, recipient, subject, body, createdAt }: MailMessage) {
  return {
    from,
    to: { name: '', address: recipient },
    subject,
    text: body,
    date: createdAt,
    // The same each time, so that a message sent twice can be recognised.
    messageId: `<${id}@notification>`,
  };
}
