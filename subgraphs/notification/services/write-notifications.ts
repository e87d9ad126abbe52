import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { column } from '#platform/postgres/columns.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { notifications } from '#platform/telemetry/metrics.ts';
import type { Addressee } from '#notification/domain/addressee.ts';
import type { Message, NotificationKind } from '#notification/domain/messages.ts';
import type { ContactRow } from '#notification/entities/contact.ts';
import { heldContacts } from './held-contacts.ts';

/** What to tell whom; about an order, or about a transaction. */
export interface Notice extends Message {
  readonly customerId: string;
  readonly kind: NotificationKind;
  readonly orderId: string | null;
  readonly transactionId: string | null;
  readonly recipient: Addressee['email'];
}

/** The notice for an item; null where nobody is to be told. */
export type NoticeOf<Item> = (item: Item, contact: ContactRow | undefined) => Notice | null;

/** A notice that was written. */
export interface WrittenNotice extends Notice {
  readonly id: string;
}

/**
 * Writes a notification for each item, at most one per order or transaction and kind, however often it is asked.
 * Returns those that are new.
 */
export async function writeNotifications<Item extends { readonly customerId: string }>(
  em: Manager,
  items: readonly Item[],
  noticeOf: NoticeOf<Item>,
): Promise<WrittenNotice[]> {
  if (items.length === 0) return [];
  const written = await em.transactional(async (transaction) => {
    const contacts = await heldContacts(
      transaction,
      items.map(({ customerId }) => customerId),
    );
    const notices = items.map((item) => noticeOf(item, contacts.get(item.customerId)));
    return await insert(
      transaction,
      notices.filter((notice) => notice !== null),
    );
  });
  for (const { kind } of written) notifications.inc({ kind });
  return written;
}

/** In the same order everywhere, so that two who write the same wait for one another, but not in a circle. */
async function insert(em: Manager, notices: readonly Notice[]): Promise<WrittenNotice[]> {
  const asked = notices.map((notice) => ({ id: randomUUIDv7(), ...notice }));
  const { rows } = await sql<{ id: string }>`
    insert into notifications (id, customer_id, kind, order_id, transaction_id, recipient, subject, body)
    select * from unnest(
      ${column(asked, 'uuid', ({ id }) => id)}, ${column(asked, 'uuid', ({ customerId }) => customerId)},
      ${column(asked, 'text', ({ kind }) => kind)}, ${column(asked, 'uuid', ({ orderId }) => orderId)},
      ${column(asked, 'uuid', ({ transactionId }) => transactionId)},
      ${column(asked, 'text', ({ recipient }) => recipient)}, ${column(asked, 'text', ({ subject }) => subject)},
      ${column(asked, 'text', ({ body }) => body)}
    ) as notice (id, customer_id, kind, order_id, transaction_id, recipient, subject, body)
    order by order_id, transaction_id, kind
    on conflict do nothing
    returning id
  `.execute(em.getKysely());
  const written = new Set(rows.map(({ id }) => id));
  return asked.filter(({ id }) => written.has(id));
}
