import { deliverMails } from '#platform/messaging/deliver-mails.ts';
import type { Mailer } from '#platform/messaging/mailer.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { tables } from '#notification/database.ts';
import { messageOf } from './send-messages.ts';

/** A notification that an operator sends again. */
export interface Resend {
  /** Identifies the message: mail programs hide a message whose id they have. */
  readonly resendId: string;
  readonly userId: string;
  readonly notificationId: string;
  readonly requestedAt: string;
}

/**
 * Emails notifications again, to the current address of their customer if it is proved. A repeated call sends only those
 * that were neither sent nor refused since their request. Those of a deleted customer are erased, and not sent.
 *
 * @throws MessagesNotSent if a message must be sent again later.
 */
export async function resendMessages(mailer: Mailer, em: Manager, resends: readonly Resend[]): Promise<void> {
  const messages = await Promise.all(resends.map(async (resend) => await messageToResend(em, resend)));
  await deliverMails(
    em,
    mailer,
    'notifications',
    messages.filter((message) => message !== null),
  );
}

async function messageToResend(em: Manager, { resendId, userId, notificationId, requestedAt }: Resend) {
  const since = new Date(requestedAt);
  const row = await tables(em)
    .selectFrom('notifications')
    .innerJoin('contacts', 'contacts.userId', 'notifications.customerId')
    .select(['id', 'customerId', 'recipient', 'kind', 'body', 'createdAt', 'deferrals'])
    .select(['contacts.userId', 'contacts.email', 'contacts.emailProved'])
    .where('id', '=', notificationId)
    .where('customerId', '=', userId)
    .where('contacts.emailProved', '=', true)
    .where('contacts.email', 'is not', null)
    .where((when) => when.or([when('sentAt', 'is', null), when('sentAt', '<', since)]))
    .where((when) => when.or([when('refusedAt', 'is', null), when('refusedAt', '<', since)]))
    .executeTakeFirst();
  return row === undefined ? null : { ...messageOf(row), id: resendId, rowIds: [row.id], deferrals: 0 };
}
