import { moneyView } from '#platform/money/money.ts';
import { shopReason } from '#platform/orders/lifecycle.ts';
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
 * independent. So the first refund also has the event of the payment: the first report writes it.
 */
export function orderEvents(order: Ordered): NewWebhookEvent[] {
  const { orderId, productId, quantity, totalMinor, currency, consentId } = order;
  const data = {
    orderId,
    productId,
    quantity,
    total: moneyView(totalMinor, currency),
    ...(consentId && { consentId }),
  };
  const ofCustomer = eventsOf(order, order.customerId, data);
  return order.shopOwnerId == null ? ofCustomer : [...ofCustomer, ...eventsOfShop(order, order.shopOwnerId, data)];
}

function eventsOf(order: Ordered, customerId: string, data: object): NewWebhookEvent[] {
  const { orderId, totalMinor, currency, outcome, rejectionReason, isHeld } = order;
  const { refundMinor = totalMinor, refundNumber = 1 } = order;
  const about = { customerId, objectId: orderId, isEarlier: false };
  const paid = { ...about, type: 'order.paid', sequence: 1, data } as const;
  if (outcome === 'PAID') return [paid];
  if (outcome === 'REJECTED')
    return [{ ...about, type: 'order.rejected', sequence: 1, data: { ...data, rejectionReason } }];
  if (outcome === 'CANCELLED') return [{ ...about, type: 'order.cancelled', sequence: 1, data }];
  const refund = { refund: moneyView(refundMinor, currency), isPartial: outcome === 'PARTIALLY_REFUNDED', isHeld };
  const refunded = {
    ...about,
    type: 'order.refunded',
    sequence: 1 + refundNumber,
    data: { ...data, ...refund },
  } as const;
  return [{ ...paid, isEarlier: true }, refunded];
}

/**
 * The events of the shop's owner. They say of the customer only which consent: not why the account could not pay, nor
 * whether it is closed. An owner who orders as a customer of their own shop gets the customer's events.
 */
function eventsOfShop(order: Ordered, shopOwnerId: string, data: object): NewWebhookEvent[] {
  if (shopOwnerId === order.customerId) return [];
  return eventsOf(order, shopOwnerId, data).map((event) => {
    const { isHeld: _isHeld, ...shown } = event.data as { readonly isHeld?: boolean };
    const { rejectionReason } = order;
    return {
      ...event,
      data: rejectionReason === null ? shown : { ...shown, rejectionReason: shopReason(rejectionReason) },
    };
  });
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
