import {
  type Account,
  type AccountEntry,
  accountEntryId,
  checkAccount,
  emptyChain,
  extendChain,
} from './domain/account.ts';
import type { OrderedRows } from './ordered-rows.ts';
import type { Report } from './report.ts';
import type { Snapshot } from './snapshot.ts';

/** Goes through the statement of every account, entry by entry, and compares the account with where that leads. */
export async function verifyAccounts(billing: Snapshot, report: Report): Promise<void> {
  const accounts = await billing.stream<Account>(`
    select id, currency, status, balance_minor as "balanceMinor", sequence, last_hash as "lastHash",
      last_entry_at as "lastEntryAt"
    from accounts order by id`);
  const entries = await billing.stream<AccountEntry>(`
    select account_id as "accountId", sequence, transaction_id as "transactionId", currency,
      amount_minor as "amountMinor", balance_after_minor as "balanceAfterMinor", hash, created_at as "createdAt"
    from entries where account_id is not null order by account_id, sequence`);
  for (let account = accounts.head; account !== undefined; account = accounts.head) {
    await passStray(entries, account.id, report);
    await verifyStatement(account, entries, report);
    await accounts.drop();
  }
  await passStray(entries, null, report);
}

async function verifyStatement(account: Account, entries: OrderedRows<AccountEntry>, report: Report): Promise<void> {
  let chain = emptyChain;
  for (let entry = entries.head; entry?.accountId === account.id; entry = entries.head) {
    const step = extendChain(chain, account, entry);
    report.found(step.findings);
    chain = step.chain;
    await entries.drop();
  }
  report.found(checkAccount(account, chain));
  report.looked('billing.accounts');
}

/** Entries before the next account are of accounts that are not there. */
async function passStray(entries: OrderedRows<AccountEntry>, next: string | null, report: Report): Promise<void> {
  for (let entry = entries.head; entry !== undefined; entry = entries.head) {
    if (next !== null && entry.accountId >= next) return;
    report.found([
      { table: 'billing.entries', id: accountEntryId(entry), expected: `account ${entry.accountId}`, found: 'none' },
    ]);
    await entries.drop();
  }
}
