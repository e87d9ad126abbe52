import type { Manager } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { isId } from '#platform/validation/ids.ts';
import { tables } from '#billing/database.ts';
import type { PostedTransaction } from '#billing/domain/ledger.ts';
import { transactionColumns, type TransactionRow } from '#billing/entities/transaction.ts';

/** Those of the transactions that moved the customer's money. */
export async function findTransactions(
  em: Manager,
  customerId: string,
  ids: readonly string[],
): Promise<TransactionRow[]> {
  const known = ids.filter(isId);
  if (known.length === 0) return [];
  return await ofCustomer(em, customerId).where('id', 'in', known).execute();
}

/** The payments and refunds of a customer's orders, oldest first. */
export async function findOrderTransactions(
  em: Manager,
  customerId: string,
  orderIds: readonly string[],
): Promise<TransactionRow[]> {
  const known = orderIds.filter(isId);
  if (known.length === 0) return [];
  const settled = tables(em)
    .selectFrom('settlements')
    .select('transactionId')
    .where('orderId', '=', anyOf(known, 'uuid'));
  return await ofCustomer(em, customerId)
    .where('id', 'in', settled.where('transactionId', 'is not', null))
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

/** Transactions by id. The ids come from the caller's own idempotency keys, so ownership is not checked again. */
export async function findMade(em: Manager, ids: readonly string[]): Promise<Map<string, TransactionRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tables(em)
    .selectFrom('transactions')
    .select(transactionColumns)
    .where('id', '=', anyOf(ids, 'uuid'))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The table's row of a transaction of a journal batch. */
export function transactionRow(posted: PostedTransaction): TransactionRow {
  const { from, to, postings: _, hash: __, ...transaction } = posted;
  return {
    ...transaction,
    fromAccountId: from?.id ?? null,
    fromCustomerId: from?.customerId ?? null,
    toAccountId: to?.id ?? null,
    toCustomerId: to?.customerId ?? null,
  };
}

function ofCustomer(em: Manager, customerId: string) {
  return tables(em)
    .selectFrom('transactions')
    .select(transactionColumns)
    .where((where) => where.or([where('fromCustomerId', '=', customerId), where('toCustomerId', '=', customerId)]));
}
