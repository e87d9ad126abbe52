import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { RefundStatus } from '#order/domain/refund.ts';

/** A refund of an order, in whole or in part. At most one refund of an order is REQUESTED. */
export const Refund = defineEntity({
  name: 'Refund',
  tableName: 'refunds',
  properties: {
    id: p.uuid().primary(),
    orderId: p.uuid(),
    /** The position among the order's refunds that were made, from 1. A refused one does not count. */
    number: p.integer(),
    amountMinor: p.bigint(),
    /** What the customer wrote; null where they wrote nothing, and where staff requested it. */
    reason: p.text().nullable(),
    byStaff: p.boolean(),
    status: p.text().$type<RefundStatus>().default('REQUESTED'),
    requestedAt: p.datetime(3).defaultRaw('now()'),
    settledAt: p.datetime(3).nullable(),
  },
});

export type RefundRow = InferEntity<typeof Refund>;
