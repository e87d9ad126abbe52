import { sql } from 'kysely';
import { insertRows } from '#platform/postgres/batch-rows.ts';
import type { Manager } from '#platform/postgres/database.ts';
import type { JournalBatch } from '#billing/domain/ledger.ts';
import { Entry } from '#billing/entities/entry.ts';
import { Transaction } from '#billing/entities/transaction.ts';
import { countPosted } from '#billing/metrics.ts';
import { transactionRow } from './find-transactions.ts';

/**
 * Writes the transactions and entries of a journal batch in one statement, which the database checks as a whole. The
 * database derives the accounts' new balances from the entries. The same statement deletes the quotes that the
 * movements used. Call it in the transaction that locked the accounts, outside of any savepoint.
 */
export async function writeJournalBatch(
  em: Manager,
  { transactions, entries }: JournalBatch,
  usedQuoteIds: readonly string[] = [],
): Promise<void> {
  if (transactions.length === 0) return;
  const rows = transactions.map((posted) => ({ ...transactionRow(posted), hash: posted.hash }));
  await sql`
    with ${deleting(usedQuoteIds)} transaction as (${insertRows(em, Transaction, rows)})
    ${insertRows(em, Entry, entries)}
  `.execute(em.getKysely());
  countPosted(rows);
}

function deleting(quoteIds: readonly string[]) {
  return quoteIds.length === 0 ? sql`` : sql`used_quote as (delete from quotes where id = any(${quoteIds}::uuid[])),`;
}
