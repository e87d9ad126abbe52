import { deliverMails } from '#platform/messaging/deliver-mails.ts';
import type { Mailer } from '#platform/messaging/mailer.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { tables } from '#notification/database.ts';
import { ContactUnknown } from './notify-of-transfers.ts';
import { messageOf } from './send-messages.ts';

/** A notification that an operator sends again. */
export interface Resend {
  /** Identifies the message: mail programs hide a message whose id they have. */
  readonly resendId: string;
  readonly userId: string;
  readonly notificationId: string;
  readonly requestedAt: string;
  /** The version of the customer whose address was checked. Absent in requests of an earlier release. */
  readonly contactVersion?: number | undefined;
}

/**
 * Emails notifications again, to the current address of their customer if it is proved. A repeated call sends only those
 * that were neither sent nor refused since their request. Those of a deleted customer are erased, and not sent.
 *
 * @throws MessagesNotSent if a message must be sent again later.
 * @throws ContactUnknown if a contact is older than the address that was checked. The others are sent.
 */
export async function resendMessages(mailer: Mailer, em: Manager, resends: readonly Resend[]): Promise<void> {
  const versions = await contactVersions(em, resends);
  const isLate = ({ userId, contactVersion }: Resend) =>
    contactVersion !== undefined && (versions.get(userId.toLowerCase()) ?? 0) < contactVersion;
  const ready = resends.filter((resend) => !isLate(resend));
  const messages = await Promise.all(ready.map(async (resend) => await messageToResend(em, resend)));
  await deliverMails(
    em,
    mailer,
    'notifications',
    messages.filter((message) => message !== null),
  );
  const late = resends.find(isLate);
  if (late !== undefined) throw new ContactUnknown(late.userId);
}

async function contactVersions(em: Manager, resends: readonly Resend[]): Promise<ReadonlyMap<string, number>> {
  const ids = resends.map(({ userId }) => userId);
  const known = await tables(em)
    .selectFrom('contacts')
    .select(['userId', 'version'])
    .where('userId', '=', anyOf(ids, 'uuid'))
    .execute();
  return new Map(known.map(({ userId, version }) => [userId, version]));
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
