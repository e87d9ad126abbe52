import { defineEntity, p } from '@mikro-orm/postgresql';
import type { TransactionKind } from '#billing/domain/ledger.ts';
import { columnsOf, type RowOf } from '#platform/postgres/database.ts';
import type { Currency } from '#platform/money/currency.ts';

/**
 * One balanced movement. `reference` is unique, so that what it names moves money only once. The row has the customers
 * in addition to their accounts, so that a customer's history is read from one index.
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
    /** Covers the other columns; rows from before version 0.2.0 have none. */
    hash: p.blob().$type<Buffer>().nullable(),
  },
});

/** A transaction without its hash, which only `npm run verify` reads. */
export type TransactionRow = Omit<RowOf<typeof Transaction>, 'hash'>;

export const transactionColumns = columnsOf(Transaction, ['hash']);
