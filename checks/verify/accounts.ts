import {
  type Account,
  type AccountEntry,
  accountEntryId,
  checkAccount,
  beginChain,
  extendChain,
} from './domain/account.ts';
import type { OrderedRows } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { amount, bytes, integer, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

const parseAccount = rowParser<Account>('billing.accounts', {
  id: text,
  customerId: text,
  currency: text,
  number: text,
  status: text,
  balanceMinor: amount,
  sequence: integer,
  openingHash: orNull(bytes),
  lastHash: bytes,
  lastEntryAt: time,
  openedAt: time,
  closedAt: orNull(time),
});
const parseEntry = rowParser<AccountEntry>('billing.entries', {
  accountId: text,
  sequence: integer,
  transactionId: text,
  currency: text,
  amountMinor: amount,
  balanceAfterMinor: amount,
  hash: bytes,
  createdAt: time,
  transactionHash: orNull(bytes),
});

/** Recomputes every account from its entries, and compares the result with the stored account. */
export async function verifyAccounts(billing: Snapshot, report: Report): Promise<void> {
  const accounts = await billing.stream(
    parseAccount,
    `
    select id, customer_id as "customerId", currency, number, status, balance_minor as "balanceMinor", sequence,
      opening_hash as "openingHash", last_hash as "lastHash", last_entry_at as "lastEntryAt",
      opened_at as "openedAt", closed_at as "closedAt"
    from accounts order by id`,
  );
  const entries = await billing.stream(
    parseEntry,
    `
    select account_id as "accountId", coalesce(sequence, 0) as sequence, transaction_id as "transactionId",
      entries.currency, entries.amount_minor as "amountMinor",
      coalesce(balance_after_minor, 0) as "balanceAfterMinor", coalesce(entries.hash, '') as hash, entries.created_at as "createdAt", transactions.hash as "transactionHash"
    from entries left join transactions on transactions.id = transaction_id
    where account_id is not null order by account_id, sequence`,
  );
  for (let account = accounts.head; account !== undefined; account = accounts.head) {
    await reportStrayEntries(entries, account.id, report);
    await verifyStatement(account, entries, report);
    await accounts.advance();
  }
  await reportStrayEntries(entries, null, report);
}

async function verifyStatement(account: Account, entries: OrderedRows<AccountEntry>, report: Report): Promise<void> {
  let chain = beginChain(account);
  for (let entry = entries.head; entry?.accountId === account.id; entry = entries.head) {
    const step = extendChain(chain, account, entry);
    report.found(step.findings);
    chain = step.chain;
    await entries.advance();
  }
  report.found(checkAccount(account, chain));
  report.checked('billing.accounts');
}

/** Reports entries before the next account: their accounts do not exist. */
async function reportStrayEntries(
  entries: OrderedRows<AccountEntry>,
  next: string | null,
  report: Report,
): Promise<void> {
  for (let entry = entries.head; entry !== undefined; entry = entries.head) {
    if (next !== null && entry.accountId >= next) return;
    report.found([
      { table: 'billing.entries', id: accountEntryId(entry), expected: `account ${entry.accountId}`, found: 'none' },
    ]);
    await entries.advance();
  }
}
