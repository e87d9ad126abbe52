import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { errorText } from '#platform/telemetry/log.ts';
import type { Mailer } from '#platform/messaging/mailer.ts';
import { tables } from '#notification/database.ts';

/** The mail server refused some messages. The others are marked as sent, so a retry does not repeat them. */
export class MessagesNotSent extends Error {
  constructor(reasons: readonly unknown[], messages: number) {
    const [reason] = reasons;
    const code = reason instanceof Error && 'code' in reason ? `${String(reason.code)} ` : '';
    super(`the mail server refused ${reasons.length} of ${messages} messages: ${code}${errorText(reason)}`, {
      cause: reason,
    });
    this.name = 'MessagesNotSent';
  }
}

/**
 * Emails the notifications that were not sent yet. Customers can read them in the API even if this fails.
 *
 * @throws MessagesNotSent if the mail server refuses a message.
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
