import { sql } from 'kysely';
import { z } from 'zod';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows, type RowSchema } from '#platform/postgres/read-rows.ts';

/** A period of an account's entries. Both times are inclusive; null means no bound. */
export interface StatementPeriod {
  readonly accountId: string;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** The account's balance before the first entry of a period, and after the last one. */
export interface PeriodBalances {
  readonly currency: Currency;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
}

/** The balances of periods, in their order. One statement reads all accounts of the same period. */
export async function periodBalances(em: Manager, periods: readonly StatementPeriod[]): Promise<PeriodBalances[]> {
  const keyOf = ({ from, to }: StatementPeriod) => JSON.stringify([from, to]);
  const groups = await Promise.all(
    [...Map.groupBy(periods, keyOf)].map(async ([key, group]) => {
      const { from, to } = group[0]!;
      const accountIds = group.map(({ accountId }) => accountId);
      return [key, await readBalances(em, from, to, accountIds)] as const;
    }),
  );
  const balances = new Map(groups);
  return periods.map((period) => balances.get(keyOf(period))!.get(period.accountId)!);
}

async function readBalances(
  em: Manager,
  from: Date | null,
  to: Date | null,
  accountIds: readonly string[],
): Promise<Map<string, PeriodBalances>> {
  const statement = sql`
    with period as materialized (
      select id, currency,
        coalesce(entries_before(id, ${from}::timestamptz, false), 0) as low,
        coalesce(entries_before(id, ${to}::timestamptz, true), sequence) as high
      from accounts where id = any(${accountIds}::uuid[])
    )
    select period.id as "accountId", period.currency,
      coalesce(opening.balance_after_minor, 0) as "openingMinor",
      coalesce(closing.balance_after_minor, 0) as "closingMinor"
    from period
    left join entries as opening on opening.account_id = period.id and opening.sequence = period.low
    left join entries as closing on closing.account_id = period.id and closing.sequence = period.high`;
  const rows = await readRows(em, accountBalances, statement);
  return new Map(rows.map(({ accountId, ...balances }) => [accountId, balances]));
}

const accountBalances = z.object({
  accountId: z.string(),
  currency: z.enum(currencies),
  openingMinor: z.bigint(),
  closingMinor: z.bigint(),
}) satisfies RowSchema<PeriodBalances>;
