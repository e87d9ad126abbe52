import { sql } from 'kysely';
import { column } from '#platform/postgres/columns.ts';
import type { Manager } from '#platform/postgres/database.ts';
import type { JournalBatch } from '#billing/domain/ledger.ts';

/**
 * Writes what was posted to a book (transactions and their entries) in one statement, which the database checks as a
 * whole. The database derives the accounts' new balances from the entries. The same statement deletes the quotes that
 * the postings used. To be called in the transaction that locked the accounts, outside of any savepoint.
 */
export async function writeJournalBatch(
  em: Manager,
  batch: JournalBatch,
  usedQuoteIds: readonly string[] = [],
): Promise<void> {
  if (batch.transactions.length === 0) return;
  await sql`
    with ${deleting(usedQuoteIds)} transaction as (
      insert into transactions (
        id, kind, reference, amount_minor, currency, fee_minor, received_minor, received_currency, rate,
        from_account_id, from_customer_id, to_account_id, to_customer_id, order_id, description, created_at, hash)
      select * from unnest(${transactions(batch)})
    )
    insert into entries (
      transaction_id, account_id, system_account, currency, amount_minor, sequence, balance_after_minor, hash,
      created_at)
    select * from unnest(${entries(batch)})
  `.execute(em.getKysely());
}

function deleting(quoteIds: readonly string[]) {
  return quoteIds.length === 0 ? sql`` : sql`used_quote as (delete from quotes where id = any(${quoteIds}::uuid[])),`;
}

function transactions({ transactions: rows }: JournalBatch) {
  return sql.join([
    column(rows, 'uuid', ({ id }) => id),
    column(rows, 'text', ({ kind }) => kind),
    column(rows, 'text', ({ reference }) => reference),
    column(rows, 'bigint', ({ amountMinor }) => amountMinor),
    column(rows, 'text', ({ currency }) => currency),
    column(rows, 'bigint', ({ feeMinor }) => feeMinor),
    column(rows, 'bigint', ({ receivedMinor }) => receivedMinor),
    column(rows, 'text', ({ receivedCurrency }) => receivedCurrency),
    column(rows, 'text', ({ rate }) => rate),
    column(rows, 'uuid', ({ from }) => from?.id),
    column(rows, 'uuid', ({ from }) => from?.customerId),
    column(rows, 'uuid', ({ to }) => to?.id),
    column(rows, 'uuid', ({ to }) => to?.customerId),
    column(rows, 'uuid', ({ orderId }) => orderId),
    column(rows, 'text', ({ description }) => description),
    column(rows, 'timestamptz', ({ createdAt }) => createdAt.toISOString()),
    column(rows, 'bytea', ({ hash }) => hash),
  ]);
}

function entries({ entries: rows }: JournalBatch) {
  return sql.join([
    column(rows, 'uuid', ({ transactionId }) => transactionId),
    column(rows, 'uuid', ({ accountId }) => accountId),
    column(rows, 'text', ({ systemAccount }) => systemAccount),
    column(rows, 'text', ({ currency }) => currency),
    column(rows, 'bigint', ({ amountMinor }) => amountMinor),
    column(rows, 'integer', ({ sequence }) => sequence),
    column(rows, 'bigint', ({ balanceAfterMinor }) => balanceAfterMinor),
    column(rows, 'bytea', ({ hash }) => hash),
    column(rows, 'timestamptz', ({ createdAt }) => createdAt.toISOString()),
  ]);
}
