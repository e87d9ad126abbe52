import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { type Mailer, type MailMessage, requireAccepted } from '#platform/messaging/mailer.ts';
import { inertLines } from '#platform/mail/inert.ts';
import { emailSubjects } from '#notification/domain/messages.ts';
import { tables } from '#notification/database.ts';
import { ContactUnknown } from './notify-of-transfers.ts';

/**
 * Emails the notifications that were not sent yet, to the current address of each customer if it is proved. Customers
 * can read all of them in the API.
 *
 * @throws MessagesNotSent if the mail server refuses a message.
 * @throws ContactUnknown if a contact has not arrived yet. The others are sent.
 */
export async function sendMessages(mailer: Mailer, em: Manager, notificationIds: readonly string[]): Promise<void> {
  const unsent = await findUnsent(em, notificationIds);
  const messages = unsent.filter(({ emailProved }) => emailProved === true).map(messageOf);
  const results = await mailer.deliver(messages);
  await markSent(
    em,
    messages.filter((_message, index) => results[index]?.status === 'fulfilled').map(({ id }) => id),
  );
  requireAccepted(results);
  const unknown = unsent.find(({ userId }) => userId === null);
  if (unknown !== undefined) throw new ContactUnknown(unknown.customerId);
}

/** The links in customers' words are made inert only in email: other clients show the text as it is. */
function messageOf({ id, email, recipient, kind, body, createdAt }: Unsent): MailMessage {
  return { id, recipient: email ?? recipient, subject: emailSubjects[kind], body: inertLines(body), createdAt };
}

type Unsent = Awaited<ReturnType<typeof findUnsent>>[number];

async function findUnsent(em: Manager, ids: readonly string[]) {
  return await tables(em)
    .selectFrom('notifications')
    .leftJoin('contacts', 'contacts.userId', 'notifications.customerId')
    .select(['id', 'customerId', 'recipient', 'kind', 'body', 'createdAt'])
    .select(['contacts.userId', 'contacts.email', 'contacts.emailProved'])
    .where('id', 'in', ids)
    .where('sentAt', 'is', null)
    .execute();
}

async function markSent(em: Manager, ids: readonly string[]): Promise<void> {
  await sql`update notifications set sent_at = now() where id = any(${ids}::uuid[])`.execute(em.getKysely());
}
