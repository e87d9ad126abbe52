import { sql } from 'kysely';
import type { Manager } from '#platform/database.ts';
import type { Book } from '#billing/domain/ledger.ts';

/**
 * Writes what was posted to a book (transactions, their entries, and what these make of the accounts) in one
 * statement, which the database checks as a whole. To be called in the transaction that locked the accounts.
 */
export async function writeBook(em: Manager, book: Book): Promise<void> {
  if (book.transactions.length === 0) return;
  await sql`
    with transaction as (
      insert into transactions (
        id, kind, reference, amount_minor, currency, fee_minor, received_minor, received_currency, rate,
        from_account_id, from_customer_id, to_account_id, to_customer_id, order_id, description, created_at)
      select * from jsonb_to_recordset(${transactions(book)}::jsonb) as row (
        id uuid, kind text, reference text, amount_minor bigint, currency text, fee_minor bigint,
        received_minor bigint, received_currency text, rate text, from_account_id uuid, from_customer_id uuid,
        to_account_id uuid, to_customer_id uuid, order_id uuid, description text, created_at timestamptz)
    ), entry as (
      insert into entries (
        transaction_id, account_id, system_account, currency, amount_minor, sequence, balance_after_minor, hash,
        created_at)
      select * from jsonb_to_recordset(${entries(book)}::jsonb) as row (
        transaction_id uuid, account_id uuid, system_account text, currency text, amount_minor bigint,
        sequence integer, balance_after_minor bigint, hash bytea, created_at timestamptz)
    )
    update accounts set
      balance_minor = row.balance_minor, sequence = row.sequence, last_hash = row.hash, last_entry_at = row.entry_at
    from jsonb_to_recordset(${changedAccounts(book)}::jsonb) as row (
      id uuid, balance_minor bigint, sequence integer, hash bytea, entry_at timestamptz)
    where accounts.id = row.id
  `.execute(em.getKysely());
}

function transactions(book: Book): string {
  return rows(book.transactions, (transaction) => ({
    id: transaction.id,
    kind: transaction.kind,
    reference: transaction.reference,
    amount_minor: transaction.amountMinor,
    currency: transaction.currency,
    fee_minor: transaction.feeMinor,
    received_minor: transaction.receivedMinor,
    received_currency: transaction.receivedCurrency,
    rate: transaction.rate,
    from_account_id: transaction.from?.id,
    from_customer_id: transaction.from?.customerId,
    to_account_id: transaction.to?.id,
    to_customer_id: transaction.to?.customerId,
    order_id: transaction.orderId,
    description: transaction.description,
    created_at: transaction.createdAt,
  }));
}

function entries(book: Book): string {
  return rows(book.entries, (entry) => ({
    transaction_id: entry.transactionId,
    account_id: entry.accountId,
    system_account: entry.systemAccount,
    currency: entry.currency,
    amount_minor: entry.amountMinor,
    sequence: entry.sequence,
    balance_after_minor: entry.balanceAfterMinor,
    hash: entry.hash === null ? null : bytea(entry.hash),
    created_at: entry.createdAt,
  }));
}

function changedAccounts(book: Book): string {
  return rows(book.changedAccounts(), (account) => ({
    id: account.id,
    balance_minor: account.balanceMinor,
    sequence: account.sequence,
    hash: bytea(account.lastHash),
    entry_at: account.lastEntryAt,
  }));
}

/** JSON in which amounts are strings, since JSON's numbers are floats to many. */
function rows<Item>(items: readonly Item[], columns: (item: Item) => object): string {
  return JSON.stringify(items.map(columns), (_name, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

function bytea(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
