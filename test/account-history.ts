import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { firstHash } from '#billing/domain/ledger.ts';
import type { AccountRow } from '#billing/entities/account.ts';
import type { StatementRow } from '#billing/entities/entry.ts';
import type { TestLedger } from './ledger.ts';

/**
 * Writes entries of one minor unit each into an account, at these times, as the ledger would have written them then.
 *
 * @returns the account's statement, oldest first.
 */
export async function writeHistory(
  ledger: TestLedger,
  account: AccountRow,
  times: readonly Date[],
): Promise<StatementRow[]> {
  const rows = times.map((createdAt, index) => ({
    accountId: account.id,
    sequence: index + 1,
    transactionId: randomUUID(),
    currency: account.currency,
    amountMinor: 1n,
    balanceAfterMinor: BigInt(index + 1),
    createdAt,
  }));
  // The account is as old as its history.
  await ledger.asOwner('update accounts set last_entry_at = $2 where id = $1', [account.id, times[0] ?? new Date()]);
  await ledger.orm.em.transactional(async (em) => {
    const history = sql`unnest(
      ${rows.map(({ transactionId }) => transactionId)}::uuid[], ${times}::timestamptz[]
    ) with ordinality as history (id, created_at, position)`;
    await sql`
      with transaction as (
        insert into transactions (id, kind, reference, amount_minor, currency, received_minor, received_currency,
          to_account_id, to_customer_id, created_at)
        select id, 'DEPOSIT', id::text, 1, ${account.currency}, 1, ${account.currency}, ${account.id},
          ${account.customerId}, created_at from ${history}
      )
      insert into entries (transaction_id, account_id, system_account, currency, amount_minor, sequence,
        balance_after_minor, hash, created_at)
      select id, ${account.id}::uuid, null, ${account.currency}, 1, position, position, ${firstHash}::bytea, created_at
      from ${history}
      union all
      select id, null, 'CASH', ${account.currency}, -1, null, null, null, created_at from ${history}
    `.execute(em.getKysely());
  });
  return rows;
}
