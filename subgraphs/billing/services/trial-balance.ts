import { sql } from 'kysely';
import { z } from 'zod';
import { currencies, type Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { type SystemAccount, systemAccounts } from '#billing/domain/ledger.ts';

/** The accounts of one kind in one currency on one day; `account` is null for the sum of all customers' accounts. */
export interface TrialBalanceLineRow {
  readonly account: SystemAccount | null;
  readonly currency: Currency;
  readonly openingMinor: bigint;
  readonly debitsMinor: bigint;
  readonly creditsMinor: bigint;
}

/** The whole ledger on one day in UTC, up to but without `until`. */
export interface TrialBalanceDay {
  readonly from: Date;
  readonly until: Date;
  readonly lines: readonly TrialBalanceLineRow[];
}

const dayMs = 86_400_000;

/**
 * The trial balance of the day that contains a time. One statement reads every entry up to the day: entries have no index
 * by time, which every movement of money would have to write.
 */
export async function trialBalance(em: Manager, time: Date): Promise<TrialBalanceDay> {
  const from = new Date(Math.floor(time.getTime() / dayMs) * dayMs);
  const until = new Date(from.getTime() + dayMs);
  const statement = sql`
    select system_account as account, currency,
      coalesce(sum(amount_minor) filter (where created_at < ${from}), 0)::bigint as "openingMinor",
      coalesce(sum(-amount_minor) filter (where created_at >= ${from} and amount_minor < 0), 0)::bigint as "debitsMinor",
      coalesce(sum(amount_minor) filter (where created_at >= ${from} and amount_minor > 0), 0)::bigint as "creditsMinor"
    from entries where created_at < ${until} group by system_account, currency`;
  const lines = await readRows(em, line, statement);
  return { from, until, lines: lines.toSorted((one, other) => rank(one) - rank(other)) };
}

/** Customers' accounts come first: the index of null is -1. */
function rank({ account, currency }: TrialBalanceLineRow): number {
  return systemAccounts.findIndex((name) => name === account) * currencies.length + currencies.indexOf(currency);
}

const line = z.object({
  account: z.enum(systemAccounts).nullable(),
  currency: z.enum(currencies),
  openingMinor: z.bigint(),
  debitsMinor: z.bigint(),
  creditsMinor: z.bigint(),
}) satisfies RowSchema<TrialBalanceLineRow>;
