import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { currencies } from '#platform/currency.ts';
import type { Manager } from '#platform/database.ts';
import { tables } from '#billing/database.ts';
import { accountNumber } from '#billing/domain/account-number.ts';
import { firstHash } from '#billing/domain/ledger.ts';
import { openingDeposit } from '#billing/domain/movements.ts';
import { lockAccounts } from './lock-accounts.ts';
import { writeBook } from './write-book.ts';

/**
 * Gives customers an account in each currency that they have none in, and the opening deposit to a new account in
 * US dollars. Whoever had accounts, closed ones included, gets nothing new.
 */
export async function openAccounts(em: Manager, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  await em.transactional(async (transaction) => {
    const opened = await insertMissing(transaction, customerIds);
    const funded = opened.filter(({ currency }) => currency === 'USD').map(({ id }) => id);
    if (funded.length === 0) return;
    const { accounts, book } = await lockAccounts(transaction, funded);
    for (const account of accounts) book.post(openingDeposit(randomUUIDv7(), account));
    await writeBook(transaction, book);
  });
}

/** In one order everywhere, so that two who open the same accounts wait for each other in line. */
async function insertMissing(em: Manager, customerIds: readonly string[]) {
  const wanted = [...new Set(customerIds)]
    .sort()
    .flatMap((customerId) => currencies.map((currency) => ({ customerId, currency })));
  const { rows: serials } = await sql<{ serial: bigint }>`
    select nextval('account_numbers') as serial from generate_series(1, ${wanted.length}::integer)
  `.execute(em.getKysely());
  return await tables(em)
    .insertInto('accounts')
    .values(
      wanted.map((owner, place) => ({
        id: randomUUIDv7(),
        ...owner,
        number: accountNumber(serials[place]!.serial),
        lastHash: firstHash,
      })),
    )
    .onConflict((conflict) => conflict.columns(['customerId', 'currency']).doNothing())
    .returning(['id', 'currency'])
    .execute();
}
