import type { Manager } from '#platform/postgres/database.ts';
import { type Addressee, addresseeOf } from '#notification/domain/addressee.ts';
import { type OrderEvent, orderKinds, orderMessage } from '#notification/domain/messages.ts';
import { writeNotifications, type WrittenNotice } from './write-notifications.ts';

/** What happened to an order, and whom to tell as far as it was known when the order was placed. */
export interface OrderUpdate extends OrderEvent, Addressee {
  readonly customerId: string;
}

/** Tells customers what became of their orders, once per order and outcome. Returns what is new. */
export async function notifyOfOrders(em: Manager, news: readonly OrderUpdate[]): Promise<WrittenNotice[]> {
  return await writeNotifications(em, news, (item, contact) => {
    // What the news brought along may be older than the contact.
    const addressee = addresseeOf(contact ?? item);
    if (addressee === null) return null;
    const { customerId, orderId, outcome } = item;
    return {
      customerId,
      kind: orderKinds[outcome],
      orderId,
      transactionId: null,
      recipient: addressee.email,
      ...orderMessage(item, addressee.name),
    };
  });
}
