import type { Manager } from '#platform/postgres/database.ts';
import { addresseeOf } from '#notification/domain/addressee.ts';
import { type TransferEvent, transferMessage } from '#notification/domain/messages.ts';
import { transferEvents } from '#notification/domain/webhook-facts.ts';
import { type NoticeOf, writeNotifications, type WrittenNotice } from './write-notifications.ts';

/** A received transfer and its receiver. */
export interface TransferUpdate extends TransferEvent {
  /** The receiver. */
  readonly customerId: string;
  /** Null in transfers of releases before 0.2.0. */
  readonly senderId: string | null;
}

/** The contact of a customer, or its newest version, has not arrived from the user subgraph yet. A later attempt can succeed. */
export class ContactUnknown extends Error {
  constructor(customerId: string) {
    super(`the contact of customer ${customerId} has not arrived yet`);
    this.name = 'ContactUnknown';
  }
}

/**
 * Notifies customers about received transfers, once per transaction. Returns the new notifications.
 *
 * @throws ContactUnknown if a contact is missing. Then it has written nothing.
 */
export async function notifyOfTransfers(em: Manager, updates: readonly TransferUpdate[]): Promise<WrittenNotice[]> {
  return await writeNotifications(em, updates, noticeOf, transferEvents);
}

const noticeOf: NoticeOf<TransferUpdate> = (item, contacts) => {
  const { customerId, transactionId, senderId, receivedMinor, currency } = item;
  const contact = contacts.get(customerId);
  if (contact === undefined) throw new ContactUnknown(customerId);
  const addressee = addresseeOf(contact);
  if (addressee === null) return null;
  const isErased = senderId !== null && contacts.get(senderId)?.deletedAt != null;
  const event = isErased ? { ...item, senderName: null, description: null } : item;
  return {
    customerId,
    kind: 'TRANSFER_RECEIVED',
    orderId: null,
    refundNumber: null,
    transactionId,
    recipient: addressee.email,
    senderId: isErased ? null : senderId,
    receivedMinor,
    currency,
    ...transferMessage(event, addressee.name),
  };
};
