import { moneyView } from '#platform/money/money.ts';
import type { OrderEvent, TransferEvent } from './messages.ts';
import type { WebhookEventName } from './webhook-events.ts';

/** An event of a webhook, before it is stored. It has ids and amounts only, and no words of other customers. */
export interface NewWebhookEvent {
  readonly customerId: string;
  readonly type: WebhookEventName;
  readonly objectId: string;
  readonly sequence: number;
  readonly data: object;
  /** Whether the event is older than the one that was reported, and is stored only if its own report is still under way. */
  readonly isEarlier: boolean;
}

type Ordered = OrderEvent & { readonly customerId: string };

/**
 * The events of an order's outcome. A refund can be reported before the payment that it follows, because their jobs are
 * independent. So a refund also has the event of the payment: the first report writes it.
 */
export function orderEvents(order: Ordered): NewWebhookEvent[] {
  const { orderId, productId, quantity, totalMinor, currency, outcome, rejectionReason, isHeld } = order;
  const data = { orderId, productId, quantity, total: moneyView(totalMinor, currency) };
  const about = { customerId: order.customerId, objectId: orderId };
  const paid = { ...about, type: 'order.paid', sequence: 1, data } as const;
  if (outcome === 'PAID') return [{ ...paid, isEarlier: false }];
  if (outcome === 'REJECTED') {
    return [{ ...about, type: 'order.rejected', sequence: 1, data: { ...data, rejectionReason }, isEarlier: false }];
  }
  const refunded = {
    ...about,
    type: 'order.refunded',
    sequence: 2,
    data: { ...data, isHeld },
    isEarlier: false,
  } as const;
  return [{ ...paid, isEarlier: true }, refunded];
}

type Transferred = TransferEvent & { readonly customerId: string; readonly senderId: string | null };

/** The events of a transfer: one for the receiver, and one for the sender. */
export function transferEvents(transfer: Transferred): NewWebhookEvent[] {
  const { transactionId, receivedMinor, currency, customerId, senderId } = transfer;
  const data = { transactionId, received: moneyView(receivedMinor, currency) };
  const about = { objectId: transactionId, sequence: 1, data, isEarlier: false };
  return [
    { ...about, customerId, type: 'transfer.received' },
    ...(senderId === null ? [] : [{ ...about, customerId: senderId, type: 'transfer.sent' } as const]),
  ];
}
