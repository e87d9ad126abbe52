import { sql } from 'kysely';
import type { Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { isId } from '#platform/validation/ids.ts';
import { JournalBatch, type LockedAccount } from '#billing/domain/ledger.ts';

export interface Owner {
  readonly customerId: string;
  readonly currency: Currency;
}

/** Which accounts: by id or number, or by customer and currency. */
export type AccountNames = readonly string[] | readonly Owner[];

export interface LockedAccounts {
  readonly accounts: readonly LockedAccount[];
  readonly batch: JournalBatch;
}

/**
 * Locks accounts until the transaction ends, in the order of their ids, as everything that locks accounts does:
 * so nobody waits in a circle. What names no account is not in the answer.
 */
export async function lockAccounts(em: Manager, names: AccountNames): Promise<LockedAccounts> {
  const { rows } = await sql<LockedAccount & { readonly time: Date }>`
    with locked as materialized (select accounts.* from ${named(names)} order by accounts.id for no key update of accounts)
    select ${columns}, clock_timestamp()::timestamptz(3) as time from locked
  `.execute(em.getKysely());
  const time = new Date(Math.max(...rows.map((row) => row.time.getTime())));
  return { accounts: rows, batch: new JournalBatch(rows, time) };
}

/** The same without the lock, for what decides nothing. */
export async function readAccounts(em: Manager, names: AccountNames): Promise<readonly LockedAccount[]> {
  const { rows } = await sql<LockedAccount>`
    with named as (select accounts.* from ${named(names)})
    select ${columns} from named
  `.execute(em.getKysely());
  return rows;
}

const columns = sql`
  id, customer_id as "customerId", currency, number, status, balance_minor as "balanceMinor", sequence,
  last_hash as "lastHash", last_entry_at as "lastEntryAt"`;

function named(names: AccountNames) {
  const owners = names.filter((name) => typeof name !== 'string');
  if (owners.length > 0) {
    const customers = owners.map(({ customerId }) => customerId);
    const currencies = owners.map(({ currency }) => currency);
    return sql`
      (select distinct * from unnest(${customers}::uuid[], ${currencies}::text[]) as owner (customer_id, currency))
        as owner join accounts using (customer_id, currency)`;
  }
  const texts = names.filter((name) => typeof name === 'string');
  return sql`accounts where (id = any(${texts.filter(isId)}::uuid[]) or number = any(${texts.filter((text) => !isId(text))}::text[]))`;
}
