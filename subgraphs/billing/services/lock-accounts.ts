import { sql } from 'kysely';
import { z } from 'zod';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { unnestRows } from '#platform/postgres/batch-rows.ts';
import { bytes, columnsOfSchema, readRow, readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { isId } from '#platform/validation/ids.ts';
import { accountStatuses, JournalBatch, type LockedAccount } from '#billing/domain/ledger.ts';

export interface Owner {
  readonly customerId: string;
  readonly currency: Currency;
}

/** Which accounts: by id or number, by customer and currency, or all accounts of customers. */
export type AccountNames = readonly string[] | readonly Owner[] | { readonly customerIds: readonly string[] };

export interface LockedAccounts {
  readonly accounts: readonly LockedAccount[];
  readonly batch: JournalBatch;
}

/**
 * Locks accounts until the transaction ends. Everything that locks accounts does so in the order of their ids, which
 * prevents deadlocks. The result leaves out names of no account.
 */
export async function lockAccounts(em: Manager, names: AccountNames): Promise<LockedAccounts> {
  const rows = await readRows(
    em,
    lockedAccountAtTime,
    sql`
      with locked as materialized (select accounts.* from ${named(names)} order by accounts.id for no key update of accounts)
      select ${columnsOfSchema(lockedAccount)}, clock_timestamp()::timestamptz(3) as time from locked`,
  );
  const time = rows.length === 0 ? await clockTime(em) : new Date(Math.max(...rows.map((row) => row.time.getTime())));
  return { accounts: rows, batch: new JournalBatch(rows, time) };
}

async function clockTime(em: Manager): Promise<Date> {
  const statement = sql`select clock_timestamp()::timestamptz(3) as time`;
  return (await readRow(em, z.object({ time: z.date() }), statement)).time;
}

/** Reads accounts without a lock, for uses that decide nothing. */
export async function readAccounts(em: Manager, names: AccountNames): Promise<readonly LockedAccount[]> {
  return await readRows(
    em,
    lockedAccount,
    sql`
      with named as (select accounts.* from ${named(names)})
      select ${columnsOfSchema(lockedAccount)} from named`,
  );
}

const lockedAccount = z.object({
  id: z.string(),
  customerId: z.string(),
  currency: z.enum(currencies),
  number: z.string(),
  status: z.enum(accountStatuses),
  frozen: z.boolean(),
  balanceMinor: z.bigint(),
  sequence: z.int(),
  lastHash: bytes,
  lastEntryAt: z.date(),
}) satisfies RowSchema<LockedAccount>;

const lockedAccountAtTime = lockedAccount.extend({ time: z.date() });

function named(names: AccountNames) {
  if ('customerIds' in names) return sql`accounts where customer_id = any(${names.customerIds}::uuid[])`;
  const owners = names.filter((name) => typeof name !== 'string');
  if (owners.length > 0) {
    return sql`
      (select distinct * from ${unnestRows('owner', owners, { customerId: 'uuid', currency: 'text' })}) as owner join accounts using (customer_id, currency)`;
  }
  const texts = names.filter((name) => typeof name === 'string');
  return sql`accounts where (id = any(${texts.filter(isId)}::uuid[]) or number = any(${texts.filter((text) => !isId(text))}::text[]))`;
}
