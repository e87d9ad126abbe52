import type { Manager } from '#platform/postgres/database.ts';
import { addresseeOf } from '#notification/domain/addressee.ts';
import { type TransferEvent, transferMessage } from '#notification/domain/messages.ts';
import { writeNotifications, type WrittenNotice } from './write-notifications.ts';

/** What somebody was sent. */
export interface TransferUpdate extends TransferEvent {
  /** The receiver. */
  readonly customerId: string;
}

/** Nobody has told yet how to reach a customer: that news is on its way, so that trying again later helps. */
export class ContactUnknown extends Error {
  constructor(customerId: string) {
    super(`how to reach customer ${customerId} is not known yet`);
    this.name = 'ContactUnknown';
  }
}

/**
 * Tells customers what others have sent them, once per transaction. Returns what is new.
 *
 * @throws ContactUnknown, having written nothing.
 */
export async function notifyOfTransfers(em: Manager, news: readonly TransferUpdate[]): Promise<WrittenNotice[]> {
  return await writeNotifications(em, news, (item, contact) => {
    const { customerId, transactionId } = item;
    if (contact === undefined) throw new ContactUnknown(customerId);
    const addressee = addresseeOf(contact);
    if (addressee === null) return null;
    return {
      customerId,
      kind: 'TRANSFER_RECEIVED',
      orderId: null,
      transactionId,
      recipient: addressee.email,
      ...transferMessage(item, addressee.name),
    };
  });
}
