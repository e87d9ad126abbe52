import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { SettlementKind } from '#billing/domain/settlement.ts';
import type { RejectionReason } from '#platform/orders/lifecycle.ts';

/**
 * The final outcome of an order's payment or refund. A job that is delivered again gets the same outcome, and does not
 * pay an order that was rejected.
 */
export const Settlement = defineEntity({
  name: 'Settlement',
  tableName: 'settlements',
  properties: {
    orderId: p.uuid().primary(),
    kind: p.text().$type<SettlementKind>().primary(),
    transactionId: p.uuid().nullable(),
    rejectionReason: p.text().$type<RejectionReason>().nullable(),
    settledAt: p.datetime(3),
  },
});

export type SettlementRow = InferEntity<typeof Settlement>;
