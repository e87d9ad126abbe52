import type { Manager } from '#platform/postgres/database.ts';
import { deliverMails } from '#platform/messaging/deliver-mails.ts';
import type { Mailer, MailMessage } from '#platform/messaging/mailer.ts';
import { inertLines } from '#platform/mail/inert.ts';
import type { MailBounds } from '#platform/mail/mail-bounds.ts';
import { emailSubjects } from '#notification/domain/messages.ts';
import { tables } from '#notification/database.ts';
import { claimMails } from './claim-mails.ts';
import { ContactUnknown } from './notify-of-transfers.ts';

/**
 * Emails the notifications that were not sent yet, to the current address of each customer if it is proved. Customers
 * can read all of them in the API, also those whose recipient the mail server refuses. Emails beyond the bounds are held
 * for `sendDigests`.
 *
 * @throws MessagesNotSent if a message must be sent again later.
 * @throws ContactUnknown if a contact has not arrived yet. The others are sent.
 */
export async function sendMessages(
  mailer: Mailer,
  em: Manager,
  bounds: MailBounds,
  notificationIds: readonly string[],
): Promise<void> {
  const unsent = await findUnsent(em, notificationIds);
  const proved = unsent.filter(({ emailProved }) => emailProved === true);
  const claimed = await claimMails(
    em,
    bounds,
    proved.map(({ id }) => id),
  );
  const messages = proved.filter(({ id }) => claimed.has(id)).map(messageOf);
  await deliverMails(em, mailer, 'notifications', messages);
  const unknown = unsent.find(({ userId }) => userId === null);
  if (unknown !== undefined) throw new ContactUnknown(unknown.customerId);
}

/** The links in customers' words are made inert only in email: other clients show the text as it is. */
export function messageOf({ email, recipient, kind, body, id, createdAt, deferrals }: Unsent): MailMessage {
  const subject = emailSubjects[kind];
  return { id, recipient: email ?? recipient, subject, body: inertLines(body), createdAt, deferrals };
}

type Unsent = Awaited<ReturnType<typeof findUnsent>>[number];

async function findUnsent(em: Manager, ids: readonly string[]) {
  return await tables(em)
    .selectFrom('notifications')
    .leftJoin('contacts', 'contacts.userId', 'notifications.customerId')
    .select(['id', 'customerId', 'recipient', 'kind', 'body', 'createdAt', 'deferrals'])
    .select(['contacts.userId', 'contacts.email', 'contacts.emailProved'])
    .where('id', 'in', ids)
    .where('sentAt', 'is', null)
    .where('refusedAt', 'is', null)
    .execute();
}
