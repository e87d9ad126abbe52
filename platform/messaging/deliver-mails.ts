import { sql } from 'kysely';
import { recipientRefusal } from '../mail/recipient-refusal.ts';
import type { Manager } from '../postgres/database.ts';
import { type Mailer, type MailMessage, RecipientRefused, requireAccepted } from './mailer.ts';

/** A message that stands for other rows of its table than the one with its id. */
export interface StoredMail extends MailMessage {
  readonly rowIds?: readonly string[];
}

/**
 * Sends messages and records in their table what became of each: `sent_at`; `refused_at` where the mail server refuses
 * the recipient for good, so that no later attempt follows; and the number of `deferrals`, which are temporary refusals
 * of the recipient.
 *
 * @param table has these columns and an `id`.
 * @throws MessagesNotSent if a message must be sent again later.
 */
export async function deliverMails(
  em: Manager,
  mailer: Mailer,
  table: string,
  messages: readonly StoredMail[],
): Promise<void> {
  const results = await mailer.deliver(messages);
  const idsWhere = (fits: (result: PromiseSettledResult<unknown>) => boolean) =>
    messages.filter((_message, index) => fits(results[index]!)).flatMap(({ id, rowIds = [id] }) => rowIds);
  const set = async (change: ReturnType<typeof sql>, ids: readonly string[]) => {
    if (ids.length === 0) return;
    await sql`update ${sql.table(table)} set ${change} where id = any(${ids}::uuid[])`.execute(em.getKysely());
  };
  await set(
    sql`sent_at = now(), refused_at = null`,
    idsWhere(({ status }) => status === 'fulfilled'),
  );
  await set(sql`refused_at = now()`, idsWhere(isRefused));
  await set(sql`deferrals = deferrals + 1`, idsWhere(isDeferred));
  requireAccepted(results.filter((result) => !isRefused(result)));
}

const isRefused = (result: PromiseSettledResult<unknown>) =>
  result.status === 'rejected' && result.reason instanceof RecipientRefused;

const isDeferred = (result: PromiseSettledResult<unknown>) =>
  result.status === 'rejected' && recipientRefusal(result.reason) === 'temporary';
