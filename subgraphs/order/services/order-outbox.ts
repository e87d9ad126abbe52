import type { Viewer } from '#platform/identity/identity.ts';
import type { OutboxEntry } from '#subgraphs/outbox.ts';
import type { OrderRow } from '#order/entities/order.ts';

/** The data that billing and notification need about a placed order or a requested refund. */
export function orderEntry(
  kind: 'order-placed' | 'order-refund',
  order: Omit<OrderRow, 'status' | 'rejectionReason' | 'placedAt' | 'settledAt'>,
  { email, name }: Pick<Viewer, 'email' | 'name'>,
): OutboxEntry {
  const { id, customerId, productId, quantity, currency, totalMinor } = order;
  return {
    kind,
    payload: { orderId: id, customerId, email, name, productId, quantity, currency, totalMinor: totalMinor.toString() },
  };
}
