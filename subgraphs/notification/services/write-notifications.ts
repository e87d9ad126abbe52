import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { insertRows } from '#platform/postgres/batch-rows.ts';
import type { Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';
import { notifications } from '#notification/metrics.ts';
import type { Addressee } from '#notification/domain/addressee.ts';
import type { Message, NotificationKind } from '#notification/domain/messages.ts';
import type { NewWebhookEvent } from '#notification/domain/webhook-facts.ts';
import type { ContactRow } from '#notification/entities/contact.ts';
import { Notification } from '#notification/entities/notification.ts';
import { heldContacts } from './held-contacts.ts';
import { noteWebhookEvents } from './note-webhook-events.ts';

/** A notification about an order or a transaction, before it is stored. */
export interface Notice extends Message {
  readonly customerId: string;
  readonly kind: NotificationKind;
  readonly orderId: string | null;
  readonly refundNumber: number | null;
  readonly transactionId: string | null;
  readonly recipient: Addressee['email'];
  /** The sender of a transfer whose name is in the message; null for others. */
  readonly senderId: string | null;
  readonly receivedMinor: bigint | null;
  readonly currency: Currency | null;
}

/** Returns the notice for an item, or null if the customer is deleted. `contacts` are those of the item by user id. */
export type NoticeOf<Item> = (item: Item, contacts: ReadonlyMap<string, ContactRow>) => Notice | null;

/** A stored notice. */
export interface WrittenNotice extends Notice {
  readonly id: string;
}

/**
 * Writes a notification and the events of webhooks for each item. Repeated calls write at most one per order, refund or
 * transaction and kind. Returns the new notifications.
 */
export async function writeNotifications<
  Item extends { readonly customerId: string; readonly senderId?: string | null },
>(
  em: Manager,
  items: readonly Item[],
  noticeOf: NoticeOf<Item>,
  eventsOf: (item: Item) => readonly NewWebhookEvent[],
): Promise<WrittenNotice[]> {
  if (items.length === 0) return [];
  const written = await em.transactional(async (transaction) => {
    const contacts = await heldContacts(
      transaction,
      items.flatMap(({ customerId, senderId }) => [customerId, ...(senderId == null ? [] : [senderId])]),
    );
    const notices = items.map((item) => noticeOf(item, contacts));
    await noteWebhookEvents(transaction, items.flatMap(eventsOf));
    return await insertNotices(
      transaction,
      notices.filter((notice) => notice !== null),
    );
  });
  for (const { kind } of written) notifications.inc({ kind });
  return written;
}

/** The columns that the database fills. */
const notGiven = ['readAt', 'sentAt', 'refusedAt', 'deferrals', 'mailAt', 'heldAt', 'createdAt'] as const;

/** Inserts notices. In one order, so that concurrent writers of the same notifications do not deadlock. */
export async function insertNotices(em: Manager, notices: readonly Notice[]): Promise<WrittenNotice[]> {
  const rows = notices.map((notice) => ({ id: randomUUIDv7(), ...notice }));
  const statement = sql`
    ${insertRows(em, Notification, rows, notGiven)}
    order by order_id, transaction_id, kind, refund_number
    on conflict do nothing
    returning id`;
  const written = new Set((await readRows(em, z.object({ id: z.string() }), statement)).map(({ id }) => id));
  return rows.filter(({ id }) => written.has(id));
}
