import { sql } from 'kysely';
import { viewerOf } from '#platform/identity.ts';
import { refuse, type Refusal } from '#platform/refusal.ts';
import type { BillingContext } from '#billing/context.ts';
import { tables } from '#billing/database.ts';
import type { AccountRow } from '#billing/entities/account.ts';
import { accountsOf } from './find-accounts.ts';
import { lockAccounts } from './lock-accounts.ts';

/** Closes all of the viewer's accounts, or none where one of them holds money. Closed ones stay closed. */
export async function closeAccounts({
  em,
  identity,
}: BillingContext): Promise<AccountRow[] | Refusal<'ACCOUNT_NOT_EMPTY'>> {
  const viewer = viewerOf(identity);
  const ids = (await accountsOf(em, viewer.id)).map(({ id }) => id);
  return await em.transactional(async (transaction) => {
    const { accounts } = await lockAccounts(transaction, ids);
    if (accounts.some(({ balanceMinor }) => balanceMinor > 0n)) {
      return refuse('ACCOUNT_NOT_EMPTY', 'There is money on an account: withdraw or transfer it first.');
    }
    await tables(transaction)
      .updateTable('accounts')
      .set({ status: 'CLOSED', closedAt: sql<Date>`now()` })
      .where('id', 'in', ids)
      .where('status', '=', 'OPEN')
      .execute();
    return await accountsOf(transaction, viewer.id);
  });
}
