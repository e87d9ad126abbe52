import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Currency } from '#platform/money/currency.ts';
import type { NotificationKind } from '#notification/domain/messages.ts';

export const Notification = defineEntity({
  name: 'Notification',
  tableName: 'notifications',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    kind: p.text().$type<NotificationKind>(),
    orderId: p.uuid().nullable(),
    transactionId: p.uuid().nullable(),
    /** The position of a refund among those of the order, from 1. Null for the refund of a whole order by an old release. */
    refundNumber: p.integer().nullable(),
    recipient: p.text(),
    subject: p.text(),
    body: p.text(),
    /** Null in messages about orders, for a deleted sender, and in messages of releases before 0.2.0. */
    senderId: p.uuid().nullable(),
    receivedMinor: p.bigint().nullable(),
    currency: p.text().$type<Currency>().nullable(),
    readAt: p.datetime(3).nullable(),
    sentAt: p.datetime(3).nullable(),
    /** When the mail server refused the recipient for good. */
    refusedAt: p.datetime(3).nullable(),
    /** How many attempts the mail server refused temporarily because of the recipient. */
    deferrals: p.integer().defaultRaw('0'),
    /** When its email got its place within the bounds of an hour; null where it has none yet. */
    mailAt: p.datetime(3).nullable(),
    /** When its email was held because of the bounds, or was last summed up with others; null where never. */
    heldAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

export type NotificationRow = InferEntity<typeof Notification>;
