import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { TransactionKind } from '#billing/domain/ledger.ts';
import type { Currency } from '#platform/money/currency.ts';

/**
 * One balanced movement. `reference` is unique: what it names moves money once. The customers stand beside their
 * accounts so that a customer's history is read from one index.
 */
export const Transaction = defineEntity({
  name: 'Transaction',
  tableName: 'transactions',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<TransactionKind>(),
    reference: p.text(),
    amountMinor: p.bigint(),
    currency: p.text().$type<Currency>(),
    feeMinor: p.bigint().nullable(),
    receivedMinor: p.bigint().nullable(),
    receivedCurrency: p.text().$type<Currency>().nullable(),
    rate: p.text().nullable(),
    fromAccountId: p.uuid().nullable(),
    fromCustomerId: p.uuid().nullable(),
    toAccountId: p.uuid().nullable(),
    toCustomerId: p.uuid().nullable(),
    orderId: p.uuid().nullable(),
    description: p.text().nullable(),
    createdAt: p.datetime(3),
  },
});

export type TransactionRow = InferEntity<typeof Transaction>;
