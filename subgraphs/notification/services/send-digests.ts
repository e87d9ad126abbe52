import { sql } from 'kysely';
import { z } from 'zod';
import { deliverMails } from '#platform/messaging/deliver-mails.ts';
import type { Mailer } from '#platform/messaging/mailer.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import { tables } from '#notification/database.ts';
import { digest } from '#notification/domain/digest.ts';
import { lockMails } from './claim-mails.ts';
import { notificationKinds, type NotificationKind } from '#notification/domain/messages.ts';

/** Held emails of a customer are summed up in one message, at the earliest after this time. */
const holdS = 60 * 60;
const customersAtOnce = 20;
/** An email that cannot be sent for this long is given up; its notification stays readable. */
const longestHeld = sql`interval '2 days'`;

/**
 * Sends one message for each customer whose emails are held for an hour, with the number of notifications of each kind. A
 * crash before the message is recorded as sent repeats it an hour later, with the same `Message-ID`.
 *
 * @param publicUrl the origin of the console, for the link.
 * @throws MessagesNotSent if a message must be sent again; it stays held.
 */
export async function sendDigests(mailer: Mailer, em: Manager, publicUrl: string): Promise<void> {
  const held = Map.groupBy(await takeHeld(em), ({ customerId }) => customerId);
  const contacts = await tables(em)
    .selectFrom('contacts')
    .select(['userId', 'email', 'name'])
    .where('userId', '=', anyOf([...held.keys()], 'uuid'))
    .where('emailProved', '=', true)
    .execute();
  const messages = contacts.flatMap(({ userId, email, name }) => {
    const rows = held.get(userId)!;
    const [{ id, createdAt, deferrals }] = rows as [Held, ...Held[]];
    if (email === null || name === null) return [];
    const { subject, parts } = digest(name, countsOf(rows), publicUrl);
    const rowIds = rows.map((row) => row.id);
    return [{ id, rowIds, recipient: email, subject, body: parts, createdAt, deferrals }];
  });
  await deliverMails(em, mailer, 'notifications', messages);
}

const heldRow = z.object({
  id: z.string(),
  customerId: z.string(),
  kind: z.enum(notificationKinds),
  createdAt: z.date(),
  deferrals: z.int(),
});
type Held = z.infer<typeof heldRow>;

/**
 * The notifications of the customers whose turn it is, oldest first. Their time of holding begins again: no other process
 * takes them meanwhile, and an attempt that fails is repeated after it.
 */
async function takeHeld(em: Manager): Promise<Held[]> {
  const rows = await em.transactional(async (transaction) => {
    await lockMails(transaction);
    const isHeld = sql`held_at is not null and sent_at is null and refused_at is null and created_at > now() - ${longestHeld}`;
    return await readRows(
      transaction,
      heldRow,
      sql`
      update notifications set held_at = now()
      where ${isHeld} and customer_id in (
        select customer_id from notifications
        where ${isHeld} and held_at <= now() - make_interval(secs => ${holdS})
        group by customer_id order by min(held_at) limit ${customersAtOnce})
      returning id, customer_id as "customerId", kind, created_at as "createdAt", deferrals`,
    );
  });
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function countsOf(rows: readonly Held[]): ReadonlyMap<NotificationKind, number> {
  return new Map([...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, { length }]) => [kind, length]));
}
