import type { Manager } from '#platform/postgres/database.ts';
import { addresseeOf } from '#notification/domain/addressee.ts';
import { type OrderEvent, orderKinds, orderMessage } from '#notification/domain/messages.ts';
import { orderEvents } from '#notification/domain/webhook-facts.ts';
import { type NoticeOf, writeNotifications, type WrittenNotice } from './write-notifications.ts';

/** An outcome of an order, with the customer's email and name at the time of the order, if the request had them. */
export interface OrderUpdate extends OrderEvent {
  readonly customerId: string;
  readonly email: string | null;
  readonly name: string | null;
}

/**
 * Notifies customers about the outcomes of their orders, once per order and outcome, and once per refund. Returns the new notifications.
 *
 * @throws if the contact is not kept yet and the update has none. It can be repeated.
 */
export async function notifyOfOrders(em: Manager, updates: readonly OrderUpdate[]): Promise<WrittenNotice[]> {
  return await writeNotifications(em, updates, noticeOf, orderEvents);
}

const noticeOf: NoticeOf<OrderUpdate> = (item, contacts) => {
  // The contact is at least as new as the email and name in the update.
  const contact = contacts.get(item.customerId);
  if (contact === undefined && item.email === null) throw new Error(`no contact of customer ${item.customerId} yet`);
  const addressee = addresseeOf(contact ?? item);
  if (addressee === null) return null;
  const { customerId, orderId, outcome } = item;
  return {
    customerId,
    kind: orderKinds[outcome],
    orderId,
    transactionId: null,
    refundNumber: item.refundNumber ?? null,
    senderId: null,
    receivedMinor: null,
    currency: null,
    recipient: addressee.email,
    ...orderMessage(item, addressee.name),
  };
};
