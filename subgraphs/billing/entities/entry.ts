import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { SystemAccount } from '#billing/domain/ledger.ts';
import type { Currency } from '#platform/money/currency.ts';

/**
 * One side of a transaction: positive where money arrives, negative where it leaves. A customer's entry has the
 * account's next sequence number, the balance after it, and a hash that covers the previous entry.
 */
export const Entry = defineEntity({
  name: 'Entry',
  tableName: 'entries',
  properties: {
    transactionId: p.uuid().primary(),
    accountId: p.uuid().nullable(),
    systemAccount: p.text().$type<SystemAccount>().nullable(),
    currency: p.text().$type<Currency>(),
    amountMinor: p.bigint(),
    sequence: p.integer().nullable(),
    balanceAfterMinor: p.bigint().nullable(),
    hash: p.blob().$type<Buffer>().nullable(),
    createdAt: p.datetime(3),
  },
});

export type EntryRow = InferEntity<typeof Entry>;

/** An entry of a customer's account. */
export interface StatementRow {
  readonly accountId: string;
  readonly sequence: number;
  readonly transactionId: string;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly balanceAfterMinor: bigint;
  readonly createdAt: Date;
}
