import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Currency } from '#platform/money/currency.ts';
import type { OrderStatus, RejectionReason } from '#platform/orders/lifecycle.ts';

export const Order = defineEntity({
  name: 'Order',
  tableName: 'orders',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    productId: p.text(),
    unitPriceMinor: p.bigint(),
    currency: p.text().$type<Currency>(),
    quantity: p.integer(),
    totalMinor: p.bigint(),
    /** The sum of the refunds that were made. */
    refundedMinor: p.bigint().default('0'),
    status: p.text().$type<OrderStatus>(),
    rejectionReason: p.text().$type<RejectionReason>().nullable(),
    placedAt: p.datetime(3).defaultRaw('now()'),
    settledAt: p.datetime(3).nullable(),
  },
});

export type OrderRow = InferEntity<typeof Order>;

/** The columns that the database fills in a new order. The order subgraph inserts all others. */
export const filledByDatabase = [
  'refundedMinor',
  'rejectionReason',
  'placedAt',
  'settledAt',
] as const satisfies (keyof OrderRow)[];
