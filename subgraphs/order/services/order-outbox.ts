import type { OutboxEntry } from '#subgraphs/outbox.ts';
import type { OrderRow } from '#order/entities/order.ts';
import type { ShopOrderRow } from '#order/entities/shop-order.ts';

/** The customer's email and name, or null for both: notification then uses only the contact that it keeps. */
export interface OrderContact {
  readonly email: string | null;
  readonly name: string | null;
}

/** The data that billing and notification need about a placed order or a requested refund. */
export function orderEntry(
  kind: 'order-placed' | 'order-refund',
  order: Omit<OrderRow, 'status' | 'rejectionReason' | 'placedAt' | 'settledAt'>,
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
