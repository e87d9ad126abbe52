import { randomUUIDv7 } from 'node:crypto';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Manager, NewValues } from '#platform/postgres/database.ts';
import { anyOf } from '#platform/postgres/expressions.ts';
import { tables } from '#billing/database.ts';
import { openingDeposit } from '#billing/domain/movements.ts';
import type { Account } from '#billing/entities/account.ts';
import { lockAccounts } from './lock-accounts.ts';
import { newAccountNumber } from './new-account-number.ts';
import { writeJournalBatch } from './write-journal-batch.ts';

/**
 * Opens the accounts that customers lack, one in each currency, and makes the opening deposit to a new account in US
 * dollars. A customer who has a closed account has closed all of them, and gets no new one. A new account of a frozen
 * customer is frozen.
 *
 * @param newNumber draws a number. Where another account has that number, it is called again.
 */
export async function openAccounts(
  em: Manager,
  customerIds: readonly string[],
  newNumber: () => string = newAccountNumber,
): Promise<void> {
  if (customerIds.length === 0) return;
  await em.transactional(async (transaction) => {
    const missing = await lackedBy(transaction, customerIds);
    const opened = await insertAll(transaction, missing, newNumber);
    const funded = opened.filter(({ currency }) => currency === 'USD').map(({ id }) => id);
    if (funded.length === 0) return;
    const { accounts, batch } = await lockAccounts(transaction, funded);
    for (const account of accounts) batch.post(openingDeposit(randomUUIDv7(), account));
    await writeJournalBatch(transaction, batch);
  });
}

/**
 * Returns the accounts to be opened. The accounts that exist stay locked, so that their customer cannot close them
 * until the new ones are committed. The order is the same everywhere: two transactions that open the same accounts wait
 * for each other in line.
 */
async function lackedBy(em: Manager, customerIds: readonly string[]): Promise<Owner[]> {
  const unique = [...new Set(customerIds)].sort();
  const { accounts } = await lockAccounts(em, { customerIds: unique });
  const closed = new Set(accounts.filter(({ status }) => status === 'CLOSED').map(({ customerId }) => customerId));
  const existing = new Set(accounts.map(keyOf));
  return unique
    .filter((customerId) => !closed.has(customerId))
    .flatMap((customerId) => currencies.map((currency) => ({ customerId, currency })))
    .filter((owner) => !existing.has(keyOf(owner)));
}

/** Inserts the accounts. Those whose number is taken are tried again with other numbers. */
async function insertAll(em: Manager, owners: readonly Owner[], newNumber: () => string): Promise<OpenedAccount[]> {
  const opened: OpenedAccount[] = [];
  for (let missing = owners; missing.length > 0; missing = await stillMissing(em, missing)) {
    opened.push(...(await insert(em, missing, newNumber)));
    if (opened.length === owners.length) break;
  }
  return opened;
}

interface Owner {
  readonly customerId: string;
  readonly currency: Currency;
}

interface OpenedAccount extends Owner {
  readonly id: string;
}

/** Skips the accounts that another transaction has opened, and those whose number another account has. */
async function insert(em: Manager, owners: readonly Owner[], newNumber: () => string): Promise<OpenedAccount[]> {
  return await tables(em)
    .insertInto('accounts')
    .values(owners.map((owner) => newAccount(owner, newNumber())))
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'customerId', 'currency'])
    .execute();
}

function newAccount({ customerId, currency }: Owner, number: string) {
  const account = { id: randomUUIDv7(), customerId, currency, number };
  return account satisfies NewValues<typeof Account, FilledByDatabase>;
}

/** The columns that the database fills in a new account, which has no entries yet. */
type FilledByDatabase =
  'status' | 'frozen' | 'balanceMinor' | 'sequence' | 'lastHash' | 'lastEntryAt' | 'openedAt' | 'closedAt';

/** The accounts that were skipped because of their number. */
async function stillMissing(em: Manager, owners: readonly Owner[]): Promise<Owner[]> {
  const existing = await tables(em)
    .selectFrom('accounts')
    .select(['customerId', 'currency'])
    .where(
      'customerId',
      '=',
      anyOf(
        owners.map(({ customerId }) => customerId),
        'uuid',
      ),
    )
    .execute();
  const keys = new Set(existing.map(keyOf));
  return owners.filter((owner) => !keys.has(keyOf(owner)));
}

const keyOf = ({ customerId, currency }: Owner) => `${customerId} ${currency}`;
