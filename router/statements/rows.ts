import type { StatementEntry } from './account-statement.ts';

/** The columns of a statement. New columns are added at the end, for programs that count them. */
export const columns = [
  'sequence',
  'time',
  'kind',
  'amount',
  'balance after',
  'currency',
  'from account',
  'to account',
  'description',
  'transaction',
  'fee',
  'counter amount',
  'counter currency',
  'rate',
  'order',
  'product',
] as const;

type Row = Partial<Record<(typeof columns)[number], string | number | null>>;

/** Returns a row's values in the order of the columns. */
export function valuesOf(row: Row): (string | number | null)[] {
  return columns.map((column) => row[column] ?? null);
}

/** Returns a row with the balance at one end of the period. The amounts between the two add up to the difference. */
export function balanceRow(
  kind: 'OPENING_BALANCE' | 'CLOSING_BALANCE',
  time: Date | null,
  balance: string,
  currency: string,
): Row {
  return { time: time?.toISOString() ?? null, kind, 'balance after': balance, currency };
}

/**
 * Returns the row of one entry. `amount` includes the fee; `fee` is that part of it, for the account that paid it. The
 * counter amount is the other account's amount, in its currency.
 */
export function entryRow(entry: StatementEntry, currency: string): Row {
  const { sequence, direction, amount, balanceAfter, createdAt, transaction } = entry;
  const { fromAccountNumber, toAccountNumber, order } = transaction;
  const isDebit = direction === 'DEBIT';
  const isTransfer = fromAccountNumber !== null && toAccountNumber !== null;
  const counter = isTransfer ? (isDebit ? transaction.received : transaction.amount) : null;
  return {
    sequence,
    time: createdAt,
    kind: transaction.kind,
    amount: isDebit ? `-${amount.amount}` : amount.amount,
    'balance after': balanceAfter.amount,
    currency,
    'from account': fromAccountNumber,
    'to account': toAccountNumber,
    description: transaction.description,
    transaction: transaction.id,
    fee: isDebit ? (transaction.fee?.amount ?? null) : null,
    'counter amount': counter?.amount ?? null,
    'counter currency': counter?.currency ?? null,
    rate: transaction.rate,
    order: order?.id ?? null,
    product: order?.productId ?? null,
  };
}
