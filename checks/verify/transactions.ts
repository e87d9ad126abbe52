import { checkStrayEntries, checkTransaction, type PostedEntry, type Transaction } from './domain/transaction.ts';
import { joinByKey } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { amount, bytes, integer, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

const parseTransaction = rowParser<Transaction>('billing.transactions', {
  id: text,
  kind: text,
  reference: text,
  amountMinor: amount,
  currency: text,
  feeMinor: orNull(amount),
  receivedMinor: orNull(amount),
  receivedCurrency: orNull(text),
  rate: orNull(text),
  fromAccountId: orNull(text),
  fromCustomerId: orNull(text),
  fromOwnerId: orNull(text),
  fromCurrency: orNull(text),
  toAccountId: orNull(text),
  toCustomerId: orNull(text),
  toOwnerId: orNull(text),
  toCurrency: orNull(text),
  orderId: orNull(text),
  description: orNull(text),
  createdAt: time,
  hash: orNull(bytes),
});
const parseEntry = rowParser<PostedEntry>('billing.entries', {
  transactionId: text,
  accountId: orNull(text),
  sequence: orNull(integer),
  systemAccount: orNull(text),
  currency: text,
  amountMinor: amount,
  balanceAfterMinor: orNull(amount),
  hash: orNull(bytes),
  createdAt: time,
});

/** Compares every transaction with its entries. */
export async function verifyTransactions(billing: Snapshot, report: Report): Promise<void> {
  const transactions = await billing.stream(
    parseTransaction,
    `
    select transactions.id, kind, reference, amount_minor as "amountMinor", transactions.currency,
      fee_minor as "feeMinor", received_minor as "receivedMinor", received_currency as "receivedCurrency", rate,
      from_account_id as "fromAccountId", from_customer_id as "fromCustomerId",
      source.customer_id as "fromOwnerId", source.currency as "fromCurrency",
      to_account_id as "toAccountId", to_customer_id as "toCustomerId",
      target.customer_id as "toOwnerId", target.currency as "toCurrency",
      order_id as "orderId", description, created_at as "createdAt", hash
    from transactions
      left join accounts as source on source.id = from_account_id
      left join accounts as target on target.id = to_account_id
    order by transactions.id`,
  );
  const entries = await billing.stream(
    parseEntry,
    `
    select transaction_id as "transactionId", account_id as "accountId", sequence, system_account as "systemAccount",
      currency, amount_minor as "amountMinor", balance_after_minor as "balanceAfterMinor", hash,
      created_at as "createdAt"
    from entries order by transaction_id`,
  );
  const groups = joinByKey<{ transactions: Transaction; entries: PostedEntry }>({
    transactions: { rows: transactions, keyOf: ({ id }) => id },
    entries: { rows: entries, keyOf: ({ transactionId }) => transactionId },
  });
  for await (const { key, group } of groups) {
    const [transaction] = group.transactions;
    report.found(
      transaction === undefined ? checkStrayEntries(key, group.entries) : checkTransaction(transaction, group.entries),
    );
    for (const { systemAccount, currency, amountMinor } of group.entries) {
      if (systemAccount === 'PAYABLE') report.owed(currency, amountMinor);
    }
    report.checked('billing.transactions', group.transactions.length);
    report.checked('billing.entries', group.entries.length);
  }
}
