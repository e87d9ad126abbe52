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
 * Gives customers an account in each currency that they have none in, and the opening deposit to a new account in
 * US dollars. Whoever had accounts, closed ones included, gets nothing new.
 *
 * @param newNumber draws a number; where another account has it already, it is called again.
 */
export async function openAccounts(
  em: Manager,
  customerIds: readonly string[],
  newNumber: () => string = newAccountNumber,
): Promise<void> {
  if (customerIds.length === 0) return;
  await em.transactional(async (transaction) => {
    const opened = await insertMissing(transaction, customerIds, newNumber);
    const funded = opened.filter(({ currency }) => currency === 'USD').map(({ id }) => id);
    if (funded.length === 0) return;
    const { accounts, batch } = await lockAccounts(transaction, funded);
    for (const account of accounts) batch.post(openingDeposit(randomUUIDv7(), account));
    await writeJournalBatch(transaction, batch);
  });
}

/** In one order everywhere, so that two who open the same accounts wait for each other in line. */
async function insertMissing(
  em: Manager,
  customerIds: readonly string[],
  newNumber: () => string,
): Promise<OpenedAccount[]> {
  const wanted = [...new Set(customerIds)]
    .sort()
    .flatMap((customerId) => currencies.map((currency) => ({ customerId, currency })));
  const opened: OpenedAccount[] = [];
  for (let missing = wanted; missing.length > 0; missing = await stillMissing(em, missing)) {
    opened.push(...(await insert(em, missing, newNumber)));
    if (opened.length === wanted.length) break;
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

/** Leaves out what exists already, and the account whose number another one has. */
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

/** What the database fills when an account is opened, which has no entries yet. */
type FilledByDatabase = 'status' | 'balanceMinor' | 'sequence' | 'lastHash' | 'lastEntryAt' | 'openedAt' | 'closedAt';

/** The accounts that were left out because of their number. */
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
  const keyOf = ({ customerId, currency }: Owner) => `${customerId} ${currency}`;
  const keys = new Set(existing.map(keyOf));
  return owners.filter((owner) => !keys.has(keyOf(owner)));
}
