import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { errorText } from '#platform/telemetry/log.ts';
import type { Mailer } from '#platform/messaging/mailer.ts';
import { tables } from '#notification/database.ts';

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
