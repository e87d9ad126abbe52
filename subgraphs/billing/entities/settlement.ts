import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { SettlementKind } from '#billing/domain/settlement.ts';
import type { UnpaidReason } from '#platform/orders/lifecycle.ts';

/**
 * The final outcome of an order's payment, or of one of its refunds. Only one row has an order, a kind and a refund id. A job that is delivered again gets the same outcome, and does not
 * pay an order that was rejected.
 */
export const Settlement = defineEntity({
  name: 'Settlement',
  tableName: 'settlements',
  properties: {
    orderId: p.uuid().primary(),
    kind: p.text().$type<SettlementKind>().primary(),
    transactionId: p.uuid().nullable(),
    rejectionReason: p.text().$type<UnpaidReason>().nullable(),
    /** The id of a refund. Null for a payment, and for a refund of a release that refunded only whole orders. */
    refundId: p.uuid().nullable(),
    settledAt: p.datetime(3),
  },
});

export type SettlementRow = InferEntity<typeof Settlement>;
