import type { OutboxEntry } from '#subgraphs/outbox.ts';
import type { OrderDraft } from '#order/domain/order.ts';
import type { ShopOrderRow } from '#order/entities/shop-order.ts';

/** The customer's email and name, or null for both: notification then uses only the contact that it keeps. */
export interface OrderContact {
  readonly email: string | null;
  readonly name: string | null;
}

/** The data that billing and notification need about an order that was placed, or is to be cancelled or refunded. */
export function orderEntry(
  kind: 'order-placed' | 'order-cancel' | 'order-refund',
  order: Pick<OrderDraft, 'productId' | 'quantity' | 'currency' | 'totalMinor'> & {
    readonly id: string;
    readonly customerId: string;
  },
  { email, name }: OrderContact,
  shop?: Omit<ShopOrderRow, 'orderId'>,
): OutboxEntry {
  const { id, customerId, productId, quantity, currency, totalMinor } = order;
  return {
    kind,
    payload: {
      orderId: id,
      customerId,
      email,
      name,
      productId,
      quantity,
      currency,
      totalMinor: totalMinor.toString(),
      ...(shop !== undefined && {
        consentId: shop.consentId,
        shopId: shop.shopId,
        shopOwnerId: shop.shopOwnerId,
        shopName: shop.shopName,
      }),
    },
  };
}

/** The same of a refund, with its id and amount. */
export function refundEntry(
  order: Parameters<typeof orderEntry>[1],
  contact: OrderContact,
  { refundId, refundMinor }: { readonly refundId: string; readonly refundMinor: bigint },
): OutboxEntry {
  const { kind, payload } = orderEntry('order-refund', order, contact);
  return { kind, payload: { ...payload, refundId, refundMinor: refundMinor.toString() } };
}
