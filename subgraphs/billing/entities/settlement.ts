import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { RejectionReason, SettlementKind } from '#billing/domain/settlement.ts';

/**
 * What became of an order, or of its refund, once and for all: a repetition gets the same answer, and what was
 * rejected is not paid by a late one.
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
